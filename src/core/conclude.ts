import { count } from '../lib/text.ts';
import type { Outcome } from './fact.ts';
import type { Finding } from './finding.ts';
import { unplaced, unresolved, type Unplaced } from './ledger/entry.ts';
import { openFindings } from './ledger/open.ts';
import { needsSecondLook } from './judge.ts';
import { belowThreshold, clean, converged, designHandoff, malformed, stopped, verified } from './outcome.ts';
import { affords } from './policies/budget.ts';
import { hasStoppedHunting, nextMode, waitsForAudit } from './policies/strategy.ts';
import { mayApprove } from './rungs.ts';
import type { Round, Run } from './run.ts';
import { reaches } from './severity.ts';
import { isVoid } from './void-review.ts';

/** The outcome of the run, if its last round ends it; null where there is more to be done. */
export function conclude(run: Run, last: Round): Outcome | null {
  const isFrozen = run.settings.strategy === 'frozen';
  if (last.how === 'unedited' && !isFrozen)
    return leftOver(run, unresolved(run.ledger), whyUnedited(run, last));
  if (last.how !== 'reviewed' && last.how !== 'unedited') return null;
  if (run.kind === 'review') return reviewed(run, last);

  if (waitsForAudit(run, last)) return null;
  const open = openFindings(run, last);
  if (hasStopped(run, last))
    return stopped(run, 'divergence', 'The loop feeds on its own fixes, and was stopped.');
  if (open.length > 0) return outOfMeans(run, 'The budget does not cover another fix and the look at it.');
  if (isFrozen && nextMode(run) !== null) return null;
  const inTheWay = last.accepted ? null : notAVerdict(run, last);
  return inTheWay ?? whenNothingIsOpen(run, last);
}

function reviewed(run: Run, last: Round): Outcome {
  const { review } = last;
  const open = openFindings(run, last).flatMap((id) => run.ledger.get(id)?.finding ?? []);
  if (open.length > 0)
    return failing(run, open, stopped(run, 'cap', 'The review raised findings to act on.'));
  if (review && isVoid(review)) {
    const found = review.findings.filter(({ gate }) => gate === 'void');
    return failing(run, found, stopped(run, 'void', ONLY_VOID));
  }
  return review && mayApprove(review.rung) ? clean(run, null) : malformed(run, NOT_PLAIN);
}

/** The outcome of a review, as far as one of its findings is grave enough to fail it. */
function failing({ settings }: Run, findings: readonly Finding[], outcome: Outcome): Outcome {
  const { fail_on: threshold = 'low' } = settings;
  const isGrave = findings.some(({ severity }) => reaches(severity, threshold));
  return isGrave ? outcome : belowThreshold(outcome, threshold);
}

const ONLY_VOID =
  'The findings of the last review that were to be acted on cite text that is not in the plan.';

const NOT_PLAIN = 'No answer was plain enough to approve by.';

function hasStopped({ decisions }: Run, { number, accepted }: Round): boolean {
  return (
    !accepted &&
    decisions.some(
      ({ question, answer, round }) => question === 'divergence' && answer === 'stop' && round === number,
    )
  );
}

function outOfMeans(run: Run, message: string): Outcome {
  return stopped(run, 'budget', message);
}

/** A review in which nothing was actionable, and which is nevertheless no approval. */
function notAVerdict(run: Run, last: Round): Outcome | null {
  const { review } = last;
  if (!review) return null;
  if (needsSecondLook(last) && !affords(run, 1))
    return outOfMeans(run, 'The budget does not cover the second look that this review needs.');
  if (isVoid(review)) return stopped(run, 'void', ONLY_VOID);
  return mayApprove(review.rung) ? null : malformed(run, NOT_PLAIN);
}

function whenNothingIsOpen(run: Run, last: Round): Outcome {
  const left = unresolved(run.ledger);
  if (left.length > 0)
    return leftOver(
      run,
      left,
      last.accepted ? 'Nothing is left that the loop may fix.' : 'The last review raised nothing new.',
    );
  const entries = [...unplaced(run.ledger).values()];
  const closed = entries.filter(({ status }) => status === 'closed').length;
  const merelyFixed = entries.filter(({ status }) => status === 'addressed' || status === 'lapsed').length;
  if (hasStoppedHunting(run) && merelyFixed > 0)
    return stopped(run, 'divergence', stoppedHunting(closed, merelyFixed));
  if (closed > 0 && merelyFixed === 0) return verified(run);
  const raised = new Set(last.review?.findings.map(({ id }) => id));
  const ruledOut = entries.filter(
    ({ finding, status, ruling }) => status === 'ruled-out' && ruling && raised.has(finding.id),
  ).length;
  return ruledOut > 0
    ? converged(run, { ruledOut, uncited: last.review?.void ?? 0 })
    : clean(run, disagreement(last));
}

function stoppedHunting(closed: number, merelyFixed: number): string {
  const fixed = count(merelyFixed, 'earlier one was only addressed', 'earlier ones were only addressed');
  return `The loop feeds on its own fixes, so nothing more was looked for: the verifier closed ${count(closed, 'finding')}, and ${fixed}.`;
}

function disagreement({ review }: Round): string | null {
  if (review?.verdict !== 'needs-attention') return null;
  return 'The last review asked for attention, but neither it nor the one before raised anything actionable.';
}

/** Findings are left to the user: the gravest reason names the ending. */
function leftOver(run: Run, left: readonly Unplaced[], message: string): Outcome {
  const whole = `${message} Left to you: ${whatIsLeft(left)}.`;
  const reasons = left.map(({ handedOver }) => handedOver?.because);
  if (reasons.every((because) => because === 'design')) return designHandoff(run, whole);
  if (reasons.includes('contested')) return stopped(run, 'contested', whole);
  const isStuck = reasons.some((because) => because !== undefined && STUCK.has(because));
  return stopped(run, isStuck ? 'stuck' : 'declined', whole);
}

function whyUnedited({ ledger }: Run, { accepted }: Round): string {
  const asked = accepted?.findings ?? [];
  return asked.every((id) => ledger.get(id)?.handedOver?.because === 'declined')
    ? 'The implementer declined every finding.'
    : 'Nothing of the last fix could be applied.';
}

const STUCK: ReadonlySet<string> = new Set(['stuck', 'not-fixed', 'regenerates']);

/** Findings by why they are left: `1 finding that kept coming back, 2 findings whose fix the drift guard dropped`. */
function whatIsLeft(left: readonly Unplaced[]): string {
  return WHY_LEFT.flatMap(([because, why]) => {
    const found = left.filter(({ handedOver }) => handedOver?.because === because);
    return found.length > 0 ? [`${count(found.length, 'finding')} ${why}`] : [];
  }).join(', ');
}

const WHY_LEFT = [
  ['stuck', 'that kept coming back'],
  ['not-fixed', 'that the verifier found not fixed'],
  ['regenerates', 'whose fix kept creating defects'],
  ['contested', 'that other findings contradict'],
  ['design', 'about a decision of design'],
  ['declined', 'that the implementer declined or passed over'],
  ['drift', 'whose fix the drift guard dropped'],
  ['growth', 'whose fix was larger than may be'],
  ['licence', 'whose fix lay outside of what they are about'],
  ['dropped', 'that you dropped'],
  [undefined, 'left unfixed'],
] as const;
