import { count } from '../../lib/text.ts';
import type { HandedOver } from '../fact.ts';
import { unplaced } from '../ledger/entry.ts';
import { isLeftOpen } from '../ledger/open.ts';
import type { Round, Run } from '../run.ts';
import { MOST_TRIES } from './not-fixed.ts';

export type Stuck = { readonly id: string; readonly isRegression: boolean };

/**
 * Actionable findings that were sent to the implementer before and are raised again: stuck, when that was in the round
 * before this one; a regression, when they were absent in between. A round that was dropped fixed nothing, and findings
 * the user waived are not asked about again.
 */
export function stuckFindings(run: Run, round: number): Stuck[] {
  return [...unplaced(run.ledger).values()]
    .filter((entry) => entry.status === 'open' && entry.raised.includes(round) && !entry.waived)
    .filter((entry) => !isLeftOpen(entry))
    .map(({ finding: { id } }) => ({ id, sent: triesOf(run, id) }))
    .filter(({ sent }) => sent.length > 0)
    .map(({ id, sent }) => ({ id, isRegression: !sent.includes(round - 1) }));
}

/** Those that the user, or the policy, gave up on in this round; `retry` gives up on what was fixed twice. */
export function handedOverAsStuck(run: Run, { stuck }: Round, open: readonly string[]): HandedOver[] {
  const isGivenUp = (id: string): boolean =>
    stuck?.answer === 'terminate' || (stuck?.answer === 'retry' && triesOf(run, id).length >= MOST_TRIES);
  return open
    .filter((id) => stuck?.about.includes(id) && isGivenUp(id))
    .map((id) => ({
      id,
      because: 'stuck',
      why: `It came back after ${count(triesOf(run, id).length, 'fix', 'fixes')}.`,
    }));
}

/** The rounds in which a finding was sent to the implementer and something came of it. */
function triesOf({ ledger, rounds }: Run, id: string): number[] {
  const dropped = new Set(rounds.flatMap(({ number, how }) => (how === 'dropped' ? [number] : [])));
  const { sent = [] } = unplaced(ledger).get(id) ?? {};
  return sent.filter((number) => !dropped.has(number));
}
