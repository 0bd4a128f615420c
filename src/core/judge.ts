import { count } from '../lib/text.ts';
import type { FactOf, Outcome } from './fact.ts';
import { unresolved, type Entry } from './ledger/entry.ts';
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
  const disagrees = review.verdict === 'needs-attention';
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
  const isStuck = left.some(({ handedOver }) => handedOver?.because === 'stuck');
  if (left.length > 0)
    return stopped(
      run,
      isStuck ? 'stuck' : 'declined',
      `The last review raised nothing new. Left to you: ${whatIsLeft(left)}.`,
    );
  return clean(
    run,
    disagrees
      ? 'The last review asked for attention, but neither it nor the one before raised anything actionable.'
      : null,
  );
}

/** Findings by why they are left: `1 finding that kept coming back, 2 findings whose fix the drift guard dropped`. */
function whatIsLeft(left: readonly Entry[]): string {
  return WHY_LEFT.flatMap(([because, why]) => {
    const found = left.filter(({ handedOver }) => handedOver?.because === because);
    return found.length > 0 ? [`${count(found.length, 'finding')} ${why}`] : [];
  }).join(', ');
}

const WHY_LEFT = [
  ['stuck', 'that kept coming back'],
  ['declined', 'that the implementer declined or passed over'],
  ['drift', 'whose fix the drift guard dropped'],
  [undefined, 'left unfixed'],
] as const;

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
