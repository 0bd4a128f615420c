import { count } from '../lib/text.ts';
import type { Outcome, REASONS, STATUSES } from './fact.ts';
import type { Failure } from './failure.ts';
import { unplaced, unresolved } from './ledger/entry.ts';
import { files } from './paths.ts';
import type { Cause, Run } from './run.ts';
import type { Threshold } from './severity.ts';

type Status = (typeof STATUSES)[number];
type Reason = (typeof REASONS)[number];

const EXIT_CODES: Record<Status, number> = {
  completed_clean: 0,
  completed_verified: 0,
  completed_converged: 0,
  completed_design_handoff: 1,
  completed_cap: 1,
  aborted_codex_error: 4,
  aborted_malformed_output: 5,
  aborted_implementer_noop: 6,
  aborted_implementer_error: 6,
  aborted_drift: 7,
  aborted_commit_failed: 8,
};

/** The last review raised nothing actionable, and nothing is left over. */
export function clean(run: Run, disagreement: string | null): Outcome {
  return outcome(run, 'completed_clean', null, disagreement ?? 'The last review raised nothing actionable.');
}

/** Every finding that was admitted is closed: a statement about the list, not about the plan. */
export function verified(run: Run): Outcome {
  const closed = [...unplaced(run.ledger).values()].filter(({ status }) => status === 'closed').length;
  const message = `Every listed finding is closed (${closed}). This is a statement about the list, not about the plan.`;
  return outcome(run, 'completed_verified', null, message);
}

/** The last review raised findings, and the arbiter ruled out each of them that cites the plan. */
export function converged(run: Run, { ruledOut, uncited }: Record<'ruledOut' | 'uncited', number>): Outcome {
  const rest =
    uncited > 0 ? `, and ${count(uncited, 'more cites', 'more cite')} text that is not in the plan` : '';
  const message = `Of what the last review raised, nothing has to be mended before the plan is built: ${count(ruledOut, 'finding was', 'findings were')} ruled out${rest}.`;
  return outcome(run, 'completed_converged', null, message);
}

/** What is left are decisions of design, which are the user's. */
export function designHandoff(run: Run, message: string): Outcome {
  return outcome(run, 'completed_design_handoff', null, message);
}

/** The job was done as far as it goes, and work remains; the reason says why it went no further. */
export function stopped(run: Run, reason: Reason, message: string): Outcome {
  return outcome(run, 'completed_cap', reason, message);
}

/** What is recorded of a run that its user ended for good. */
export const ABANDONED = 'You abandoned it.';

/** The outcome of a review by findings of which none is severe enough to fail it. */
export function belowThreshold(outcome: Outcome, threshold: Threshold): Outcome {
  const none = threshold === 'none' ? 'fails it' : `is ${threshold} or worse`;
  const message = `${outcome.message.slice(0, -1)}; none of them ${none} (--fail-on ${threshold}).`;
  return { ...outcome, message, exit_code: 0 };
}

export function whenOutOfRounds(run: Run): Outcome {
  const { max_rounds: cap } = run.settings;
  if (run.rounds.length >= cap)
    return stopped(run, 'cap', `The cap of ${cap} ${cap === 1 ? 'round' : 'rounds'} is reached.`);
  return outOfBudget(run);
}

export function outOfBudget(run: Run): Outcome {
  return stopped(run, 'budget', 'The budget is used up.');
}

export function reviewerFailed(run: Run, failure: Failure): Outcome {
  return failed(outcome(run, 'aborted_codex_error', null, failure.message), failure);
}

export function implementerFailed(run: Run, failure: Failure): Outcome {
  return failed(outcome(run, 'aborted_implementer_error', null, failure.message), failure);
}

export function malformed(run: Run, problem: string): Outcome {
  return outcome(run, 'aborted_malformed_output', null, problem);
}

/** The implementer's answers were refused; the last cause names the ending. */
export function refused(run: Run, cause: Cause, problem: string): Outcome {
  if (cause === 'noop') return outcome(run, 'aborted_implementer_noop', null, problem);
  if (cause === 'drift') return drifted(run, problem.split('\n').filter(Boolean));
  return outcome(run, 'aborted_implementer_error', null, problem);
}

export function drifted(run: Run, lost: readonly string[]): Outcome {
  const what =
    lost.length > 0
      ? `${count(lost.length, 'load-bearing string')}: ${lost.join(', ')}`
      : 'a **load-bearing** mark';
  const round = run.rounds.at(-1);
  if (run.position.at !== 'abandoned' || !round?.applied)
    return outcome(run, 'aborted_drift', null, `The edit would lose ${what}.`);
  const who = 'a commit hook, or somebody else, changed it while it was committed';
  const now = round.commit
    ? `The commit stands, and this takes it back: git revert ${round.commit.sha.slice(0, 7)}`
    : `It was left as it is, uncommitted; as it was before is ${files.baseline(round.number)} in the state directory`;
  return outcome(run, 'aborted_drift', null, `The plan lost ${what}: ${who}. ${now}.`);
}

export function commitFailed(run: Run, output: string): Outcome {
  return outcome(run, 'aborted_commit_failed', null, output);
}

function outcome(run: Run, status: Status, reason: Reason | null, message: string): Outcome {
  const open = unresolved(run.ledger).map(({ finding }) => finding.id);
  const seenLast = run.lastLook?.findings.filter(({ gate }) => gate === 'actionable') ?? [];
  const beside = [...unplaced(run.ledger).values()].filter((entry) => entry.status === 'parked');
  const parked = [...new Set([...beside.map(({ finding }) => finding), ...seenLast].map(({ id }) => id))];
  return { status, reason, exit_code: EXIT_CODES[status], message, unresolved: open, parked };
}

/** A program that is not there is the place's fault, not the agent's. */
function failed(ending: Outcome, failure: Failure): Outcome {
  return failure.kind === 'missing' || failure.kind === 'too-old' ? { ...ending, exit_code: 3 } : ending;
}
