import { assertNever } from '../lib/assert-never.ts';
import { bracketed, count } from '../lib/text.ts';
import type { Outcome } from '../core/fact.ts';
import { unplaced } from '../core/ledger/entry.ts';
import { inFixes } from '../core/narrate.ts';
import { ABANDONED } from '../core/outcome.ts';
import { files } from '../core/paths.ts';
import { reviewedRounds, type Run } from '../core/run.ts';

/** How a run ended, in one sentence that claims no more than was checked. */
export function verdict(run: Run, outcome: Outcome): string {
  const rounds = count(reviewedRounds(run), 'round');
  const open = outcome.unresolved.length + outcome.parked.length;
  switch (outcome.status) {
    case 'completed_clean':
      return run.kind === 'review'
        ? 'The review raised nothing actionable'
        : `Plan hardened across ${rounds}: the last review raised nothing actionable`;
    case 'completed_verified':
      return `Plan hardened across ${rounds}: every listed finding is closed`;
    case 'completed_converged':
      return `Plan hardened across ${rounds}: nothing that the last review raised must be mended first`;
    case 'completed_design_handoff':
      return `Stopped after ${rounds}: ${count(open, 'decision')} of design to be made by you`;
    case 'completed_cap':
      return run.kind === 'review'
        ? reviewText(outcome, open)
        : `${stop(outcome)} after ${rounds}: ${openText(run, outcome)}`;
    case 'aborted_codex_error':
      return 'Stopped: the reviewer could not be reached';
    case 'aborted_malformed_output':
      return "Stopped: the reviewer's answer could not be read";
    case 'aborted_drift':
      if (outcome.message === ABANDONED) return 'Abandoned';
      return outcome.reason === 'superseded' ? stop(outcome) : 'Stopped: load-bearing text would be lost';
    case 'aborted_implementer_noop':
      return 'Stopped: the implementer changed nothing';
    case 'aborted_implementer_error':
      return "Stopped: the implementer's edits could not be had";
    case 'aborted_commit_failed':
      return `Stopped: the commit failed; ${uncommittedText(run)}`;
    default:
      return assertNever(outcome.status);
  }
}

function reviewText({ reason }: Outcome, open: number): string {
  return reason === 'void'
    ? 'The review cites text that is not in the plan, and raised nothing else to act on'
    : `The review raised ${count(open, 'finding')} to act on`;
}

/** What a commit that failed leaves in the plan. */
function uncommittedText(run: Run): string {
  const before = run.position.at === 'finished' ? run.position.before : run.position;
  if (before.at !== 'uncommitted') return 'the checked edit is in the plan, uncommitted';
  const { kind, checked, failed } = before.commit;
  if (kind === 'draft')
    return `your own changes are still uncommitted${reviewedRounds(run) === 0 ? ', and nothing was reviewed' : ''}`;
  return failed && failed.plan_sha256 !== checked
    ? 'the edit is in the plan, uncommitted, and was changed since it was checked'
    : 'the checked edit is in the plan, uncommitted';
}

function stop({ reason }: Outcome): string {
  switch (reason) {
    case 'stuck':
      return 'Stopped because findings keep coming back';
    case 'budget':
      return 'Stopped at the budget';
    case 'divergence':
      return 'Stopped because the fixes cause about as much as they resolve';
    case 'contested':
      return 'Stopped because fixes contradict each other';
    case 'declined':
      return 'Stopped with findings that were not fixed';
    case 'void':
      return 'Stopped because the reviews cite text that is not in the plan';
    case 'superseded':
      return 'Superseded by another run';
    case 'cap':
    case null:
      return 'Stopped at the cap';
    default:
      return assertNever(reason);
  }
}

/** Nothing open is said only of what somebody looked at. */
function openText(run: Run, { unresolved, parked }: Outcome): string {
  const open = [...unresolved, ...parked];
  const seenLast = new Map(run.lastLook?.findings.map((finding) => [finding.id, finding]));
  const findings = open.flatMap((id) => unplaced(run.ledger).get(id)?.finding ?? seenLast.get(id) ?? []);
  if (open.length > 0) return `${count(open.length, 'finding')} open${bracketed(inFixes(findings))}`;
  if (reviewedRounds(run) === 0) return 'nothing was reviewed';
  if (run.lastLook && run.lastLook.problem !== null) return 'the last fix was not reviewed';
  return run.lastLook ? 'the last look reported nothing' : 'nothing else was raised';
}

/** The next thing to type, for each way to end; `target` is what follows the command: the plan, as a shell takes it. */
export function nextAction(run: Run, outcome: Outcome, target: string): string {
  const isChanged = run.rounds.some(({ applied }) => applied !== null);
  const what = run.settings.commit ? 'the commits' : 'the changes';
  const build = isChanged ? `Read ${what}, then build the plan.` : 'Build the plan.';
  switch (outcome.status) {
    case 'completed_clean':
      return run.kind === 'review' ? `Nothing to do. To loop anyway: refine-plan ${target}` : build;
    case 'completed_verified':
      return build;
    case 'completed_converged':
      return `Read what was ruled out${isChanged ? `, and ${what}` : ''}; then build the plan.`;
    case 'completed_design_handoff':
      return `Decide it in the plan, then run: refine-plan ${target} - or let the implementer: refine-plan ${target} --on-design apply`;
    case 'completed_cap':
      return afterCap(run, outcome, target);
    case 'aborted_drift':
    case 'aborted_implementer_noop':
      return afterRefusal(run, outcome, target);
    default:
      return run.kind === 'review'
        ? `Mend the cause, then run: refine-plan review ${target}`
        : `Mend the cause, then go on at a terminal with: refine-plan resume ${target} - or start anew with: refine-plan ${target}`;
  }
}

/** A file is named only where the run has it: see the calls of `reject`. */
function afterRefusal(run: Run, { reason, message }: Outcome, target: string): string {
  if (message === ABANDONED) return `Start anew with: refine-plan ${target}`;
  if (reason === 'superseded') return `See how the other run stands with: refine-plan status ${target}`;
  const round = run.rounds.at(-1);
  if (round?.commit) return `Take the commit back or mend the plan, then run: refine-plan ${target}`;
  if (round?.applied) return `Read the plan as it is now and mend it, then run: refine-plan ${target}`;
  const asked = `what was asked with: refine-plan findings ${target}`;
  if (!round?.edits) return `See ${asked}`;
  const { result, call } = round.edits;
  const isWholeText = run.settings.edit_mode === 'in-place' && call !== '';
  return isWholeText && result === 'noop'
    ? `See what the implementer said in ${files.answer(round.number, call)} of the state directory, and ${asked}`
    : `See what was refused in ${files.rejected(round.number)} of the state directory, and ${asked}`;
}

function afterCap(run: Run, { reason }: Outcome, target: string): string {
  if (run.kind === 'review' && reason === 'void')
    return `Ask again, or another reviewer: refine-plan review ${target}`;
  if (run.kind === 'review') return `Harden it with: refine-plan ${target}`;
  if (reason === 'contested') return `Decide it in the plan, then run: refine-plan ${target}`;
  return `See what is open with: refine-plan findings ${target}`;
}
