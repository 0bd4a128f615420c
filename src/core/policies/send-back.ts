import type { Cause, Run, Work } from '../run.ts';
import { affords } from './budget.ts';

/** Extra implementer calls a round may have, over all causes. */
export const MOST_EXTRA_CALLS = 3;

/** Each cause gets one more call that names it, as long as the budget also covers the look at the fix. */
export function maySendBack(run: Run, work: Work, cause: Cause): boolean {
  const isFirst = work.sentBack.every((sent) => sent.cause !== cause);
  return isFirst && work.sentBack.length < MOST_EXTRA_CALLS && affords(run, 2);
}
