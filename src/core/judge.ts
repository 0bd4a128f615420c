import type { FactOf, Outcome } from './fact.ts';
import { unresolved } from './ledger/entry.ts';
import { clean, malformed, stopped } from './outcome.ts';
import { affords } from './policies/budget.ts';
import { stuckFindings, type Stuck } from './policies/stuck.ts';
import { mayApprove } from './reading.ts';
import { currentRound, type Round, type Run } from './run.ts';

/** What a review comes to. */
export type Judgement =
  | { readonly act: 'look-again' }
  | { readonly act: 'ask-stuck'; readonly stuck: readonly Stuck[] }
  | {
      readonly act: 'fix';
      readonly findings: readonly string[];
      readonly expanded: readonly string[];
      readonly handedOver: readonly string[];
    }
  | { readonly act: 'end'; readonly outcome: Outcome };

/** Judges the review of the current round: the clean gate, the stuck gate, then the budget. */
export function judge(run: Run): Judgement {
  const round = currentRound(run);
  if (!round.review) throw new Error('There is no review to judge.');
  const actionable = round.review.findings.filter(({ gate }) => gate === 'actionable').map(({ id }) => id);
  if (run.kind === 'review') return { act: 'end', outcome: reviewed(run, round.review, actionable) };
  return actionable.length === 0 ? whenQuiet(run, round, round.review) : whenRaised(run, round, actionable);
}

function reviewed(run: Run, { rung }: FactOf<'review.parsed'>, actionable: readonly string[]): Outcome {
  if (actionable.length > 0) return stopped(run, 'cap', 'The review raised findings to act on.');
  return mayApprove(rung) ? clean(run, null) : malformed(run, NOT_PLAIN);
}

const NOT_PLAIN = 'No answer was plain enough to approve by.';

/** Nothing actionable: is that a verdict, or does it need a second, fresh look? */
function whenQuiet(run: Run, round: Round, review: FactOf<'review.parsed'>): Judgement {
  const counted = review.findings.filter(({ gate }) => gate !== 'filtered');
  const onlyVoid = counted.length > 0 && counted.every(({ gate }) => gate === 'void');
  const disagrees = review.verdict === 'needs-attention' && counted.length === 0;
  const cannotApprove = !mayApprove(review.rung);
  if (round.looks === 1 && (onlyVoid || disagrees || cannotApprove)) {
    if (affords(run, 1)) return { act: 'look-again' };
    return end(stopped(run, 'budget', 'The budget does not cover the second look that this review needs.'));
  }
  if (onlyVoid) return end(stopped(run, 'void', 'The last review cites only text that is not in the plan.'));
  if (cannotApprove) return end(malformed(run, NOT_PLAIN));
  return end(whenNothingIsLeft(run, disagrees));
}

function whenNothingIsLeft(run: Run, disagrees: boolean): Outcome {
  const left = unresolved(run.ledger);
  const reasons = left.map(({ handedOver }) => handedOver?.because);
  if (reasons.includes('stuck'))
    return stopped(
      run,
      'stuck',
      'The last review raised nothing new; findings that kept coming back are left to you.',
    );
  if (left.length > 0)
    return stopped(
      run,
      'declined',
      'The last review raised nothing new; findings that were not fixed are left to you.',
    );
  return clean(
    run,
    disagrees ? 'The last two reviews asked for attention, but raised nothing actionable.' : null,
  );
}

function whenRaised(run: Run, round: Round, actionable: readonly string[]): Judgement {
  const stuck = stuckFindings(run, round.number);
  if (stuck.length > 0 && !round.stuck) return { act: 'ask-stuck', stuck };
  const answer = round.stuck?.answer;
  const about = round.stuck?.about ?? [];
  const handedOver = answer === 'terminate' ? actionable.filter((id) => about.includes(id)) : [];
  const findings = actionable.filter((id) => !handedOver.includes(id));
  if (findings.length === 0)
    return end(
      stopped(run, 'stuck', 'Every finding of the last review has been fixed before and came back.'),
    );
  if (!affords(run, 2))
    return end(stopped(run, 'budget', 'The budget does not cover another fix and the look at it.'));
  return {
    act: 'fix',
    findings,
    expanded: answer === 'expand' ? findings.filter((id) => about.includes(id)) : [],
    handedOver,
  };
}

function end(outcome: Outcome): Judgement {
  return { act: 'end', outcome };
}
