import type { HandedOver } from './fact.ts';
import { openFindings } from './ledger/open.ts';
import { designOf } from './policies/design.ts';
import { affords } from './policies/budget.ts';
import { isFeedingOnItself } from './policies/feeding.ts';
import { hasStoppedHunting, isUnwatched, mayFixAgain, mayHuntAgain } from './policies/strategy.ts';
import { handedOverAsStuck, stuckFindings } from './policies/stuck.ts';
import { notFixed } from './policies/not-fixed.ts';
import { contestedFindings } from './policies/contested.ts';
import { regenerating } from './policies/regenerating.ts';
import { designQuestion, divergenceQuestion, stuckQuestion } from './questions.ts';
import { mayApprove } from './reading.ts';
import { wantsThirdHunt } from './estimate/overlap.ts';
import { currentRound, type Round, type Run } from './run.ts';
import type { Admission, Question } from './step.ts';

/** What an assessment comes to. */
export type Judgement =
  | { readonly act: 'look-again' }
  | { readonly act: 'hunt-again'; readonly seat: number }
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
  if (needsAnotherHunt(run, round)) return { act: 'hunt-again', seat: round.review?.looks.length ?? 0 };
  const open = openFindings(run, round);
  if (open.length === 0) return needsSecondLook(round) && affords(run, 1) ? { act: 'look-again' } : CLOSE;
  if (needsArbiter(run, round) && affords(run, 1)) return { act: 'arbitrate' };
  return whenRaised(run, round, open);
}

function needsAnotherHunt(run: Run, round: Round): boolean {
  if (!round.review || round.arbitration || !mayHuntAgain(round) || !affords(run, 1)) return false;
  const [first = [], second = []] = round.review.looks.map(({ findings }) =>
    findings.filter((id) => isOpen(run, id)),
  );
  const m = first.filter((id) => second.includes(id)).length;
  return wantsThirdHunt({ n1: first.length, n2: second.length, m });
}

function isOpen({ ledger }: Run, id: string): boolean {
  return ledger.get(id)?.status === 'open';
}

/** Nothing is actionable: that is no verdict yet where the reviewer disagrees, cites nothing, or was hard to read. */
export function needsSecondLook(round: Round): boolean {
  const { review } = round;
  if (!review || round.arbitration || round.looks > 1 || review.looks.length > 1) return false;
  return isOnlyVoid(round) || review.verdict === 'needs-attention' || !mayApprove(review.rung);
}

/** Everything the review raised cites text that is not in the plan. */
export function isOnlyVoid({ review }: Round): boolean {
  const counted = review?.findings.filter(({ gate }) => gate !== 'filtered') ?? [];
  return counted.length > 0 && counted.every(({ gate }) => gate === 'void');
}

function needsArbiter({ settings }: Run, round: Round): boolean {
  if (settings.arbiter === null || round.arbitration || !round.review) return false;
  return settings.strategy === 'frozen' || round.number >= settings.arbiter_from_round;
}

/** The gates in their order. Each may hand findings over, send a fix back, or ask; what is left goes to the implementer. */
function whenRaised(run: Run, round: Round, open: readonly string[]): Judgement {
  const stuck = round.verification || hasStoppedHunting(run) ? [] : stuckFindings(run, round.number);
  if (stuck.length > 0 && !round.stuck) return { act: 'ask', question: stuckQuestion(run, stuck) };

  const reverts = isUnwatched(run) ? NO_REVERTS : regenerating(run, open);
  const handedOver: HandedOver[] = [
    ...reverts.handedOver,
    ...(isUnwatched(run) ? [] : contestedFindings(run, open)),
    ...notFixed(run, open),
    ...handedOverAsStuck(round, open),
  ];
  const left = without(open, [...handedOver.map(({ id }) => id), ...reverts.gone]);

  const design = designOf(run, round, left);
  if (design.isAsked) return { act: 'ask', question: designQuestion(run, design.ids) };
  const rest = without(
    left,
    design.handedOver.map(({ id }) => id),
  );

  if (rest.length > 0 && !isUnwatched(run) && isFeedingOnItself(run)) {
    const decided = run.decisions.find(({ question }) => question === 'divergence');
    if (!decided) return { act: 'ask', question: divergenceQuestion(run) };
    if (decided.answer === 'stop') return CLOSE;
  }
  const admitted = mayFixAgain(run) ? rest : [];
  if (run.settings.confirm && !round.confirmed && admitted.length > 0)
    return { act: 'confirm', findings: admitted };
  const dropped = droppedIn(round);
  const fixable = without(
    admitted,
    dropped.map(({ id }) => id),
  );
  const unfixed = without(rest, admitted).map((id): HandedOver => ({
    id,
    because: 'not-fixed',
    why: OUT_OF_FIXES,
  }));
  const all = [...handedOver, ...design.handedOver, ...dropped, ...unfixed];
  if (fixable.length + reverts.reverts.length > 0 && !affords(run, 2)) return CLOSE;
  const answer = round.stuck?.answer;
  return {
    act: 'accept',
    admission: {
      findings: fixable,
      expanded: answer === 'expand' ? fixable.filter((id) => round.stuck?.about.includes(id)) : [],
      design: fixable.filter((id) => design.apply.includes(id)),
      guard: fixable.filter((id) => design.guard.includes(id)),
      handedOver: all,
      reverts: reverts.reverts,
    },
  };
}

/** What a person does not want to be acted on. */
function droppedIn({ confirmed }: Round): HandedOver[] {
  return (confirmed?.dropped ?? []).map(({ id, reason }) => ({ id, because: 'dropped', why: reason }));
}

const NO_REVERTS: ReturnType<typeof regenerating> = { reverts: [], gone: [], handedOver: [] };

const OUT_OF_FIXES = 'It was still open when the fixes that this phase may take were used up.';

function without(ids: readonly string[], gone: readonly string[]): string[] {
  return ids.filter((id) => !gone.includes(id));
}
