import type { HandedOver } from './fact.ts';
import { openFindings, unjudgedFindings } from './ledger/open.ts';
import { designOf, type Design } from './policies/design.ts';
import { affords } from './policies/budget.ts';
import { fixesAndInduced, isDiverging } from './policies/divergence.ts';
import { hasStoppedHunting, isUnwatched, mayFixAgain, waitsForAudit } from './policies/strategy.ts';
import { handedOverAsStuck, stuckFindings } from './policies/stuck.ts';
import { notFixed } from './policies/not-fixed.ts';
import { contestedFindings } from './policies/contested.ts';
import { regenerating } from './policies/regenerating.ts';
import { designQuestion, divergenceQuestion, stuckQuestion } from './questions.ts';
import { mayApprove } from './rungs.ts';
import { currentRound, type Round, type Run } from './run.ts';
import type { Admission, Question } from './step.ts';
import { isVoid } from './void-review.ts';

/** What an assessment comes to. */
export type Judgement =
  | { readonly act: 'look-again' }
  | { readonly act: 'arbitrate' }
  | { readonly act: 'ask'; readonly question: Question }
  | { readonly act: 'confirm'; readonly findings: readonly string[] }
  | { readonly act: 'accept'; readonly admission: Admission }
  | { readonly act: 'close' };

const CLOSE: Judgement = { act: 'close' };

/** Judges what the current round began with: is another look due, who is to be asked, and what is to be fixed. */
export function judge(run: Run): Judgement {
  const round = currentRound(run);
  if (run.kind === 'review') return CLOSE;
  if (waitsForAudit(run, round)) return CLOSE;
  const open = openFindings(run, round);
  if (open.length === 0) return needsSecondLook(round) && affords(run, 1) ? { act: 'look-again' } : CLOSE;
  if (needsArbiter(run, round) && affords(run, 1)) return { act: 'arbitrate' };
  return whenRaised(run, round, open);
}

/** Nothing is actionable: that is no verdict yet where the reviewer disagrees, cites nothing, or was hard to read. */
export function needsSecondLook(round: Round): boolean {
  const { review } = round;
  if (!review || round.looks > 1 || review.looks.length > 1) return false;
  if (!mayApprove(review.rung)) return true;
  return isVoid(review) || (!round.arbitration && review.verdict === 'needs-attention');
}

function needsArbiter(run: Run, round: Round): boolean {
  const { settings } = run;
  if (settings.arbiter === null || round.arbitration || !round.review) return false;
  if (unjudgedFindings(run, round).length === 0) return false;
  return settings.strategy === 'frozen' || round.number >= settings.arbiter_from_round;
}

/** The gates in their order. Each may hand findings over, send a fix back, or ask; what is left goes to the implementer. */
function whenRaised(run: Run, round: Round, open: readonly string[]): Judgement {
  const stuck = round.verification || hasStoppedHunting(run) ? [] : stuckFindings(run, round.number);
  if (stuck.length > 0 && !round.stuck) return { act: 'ask', question: stuckQuestion(run, stuck) };

  const sorted = sort(run, round, open);
  const design = designOf(run, round, sorted.left);
  if (design.isAsked) return { act: 'ask', question: designQuestion(run, design.ids) };
  const rest = without(sorted.left, idsOf(design.handedOver));
  const watched = rest.length > 0 ? watch(run) : null;
  if (watched) return watched;

  const admitted = mayFixAgain(run) ? rest : [];
  if (run.settings.confirm && !round.confirmed && admitted.length > 0)
    return { act: 'confirm', findings: admitted };
  const findings = without(admitted, idsOf(droppedIn(round)));
  if (findings.length + sorted.reverts.length > 0 && !affords(run, 2)) return CLOSE;
  return { act: 'accept', admission: admissionOf(round, { sorted, design, rest, admitted, findings }) };
}

type Sorted = {
  readonly reverts: Admission['reverts'];
  readonly handedOver: readonly HandedOver[];
  readonly left: readonly string[];
};

/** What is taken back, and what is left to the user, before anybody is asked about the rest. */
function sort(run: Run, round: Round, open: readonly string[]): Sorted {
  // A fix taken back is looked at like any other, so it needs room for that look too.
  const mayRevert = !isUnwatched(run) && mayFixAgain(run);
  const { reverts, gone } = mayRevert ? regenerating(run, open) : NOTHING;
  const all = [
    ...(isUnwatched(run) ? [] : contestedFindings(run, open)),
    ...notFixed(run, open),
    ...handedOverAsStuck(run, round, open),
  ];
  return { reverts, handedOver: all, left: without(open, [...idsOf(all), ...gone]) };
}

const NOTHING: ReturnType<typeof regenerating> = { reverts: [], gone: [] };

/** Does the loop feed on its own fixes? Then somebody decides, once. */
function watch(run: Run): Judgement | null {
  if (isUnwatched(run) || !isDiverging(fixesAndInduced(run))) return null;
  const decided = run.decisions.find(({ question }) => question === 'divergence');
  if (!decided) return { act: 'ask', question: divergenceQuestion(run) };
  return decided.answer === 'stop' ? CLOSE : null;
}

function admissionOf(
  round: Round,
  given: {
    readonly sorted: Sorted;
    readonly design: Design;
    readonly rest: readonly string[];
    readonly admitted: readonly string[];
    readonly findings: readonly string[];
  },
): Admission {
  const { sorted, design, rest, admitted, findings } = given;
  const outOfFixes = without(rest, admitted).map((id): HandedOver => ({
    id,
    because: 'not-fixed',
    why: OUT_OF_FIXES,
  }));
  const isExpanded = (id: string): boolean =>
    round.stuck?.answer === 'expand' && round.stuck.about.includes(id);
  return {
    findings,
    expanded: findings.filter(isExpanded),
    design: findings.filter((id) => design.apply.includes(id)),
    guard: findings.filter((id) => design.guard.includes(id)),
    handedOver: [...sorted.handedOver, ...design.handedOver, ...droppedIn(round), ...outOfFixes],
    reverts: sorted.reverts,
  };
}

const OUT_OF_FIXES = 'It was still open when the fixes that this phase may take were used up.';

/** What a person does not want to be acted on. */
function droppedIn({ confirmed }: Round): HandedOver[] {
  return (confirmed?.dropped ?? []).map(({ id, reason }) => ({ id, because: 'dropped', why: reason }));
}

function idsOf(items: readonly { readonly id: string }[]): string[] {
  return items.map(({ id }) => id);
}

function without(ids: readonly string[], gone: readonly string[]): string[] {
  return ids.filter((id) => !gone.includes(id));
}
