import type { HandedOver } from '../fact.ts';
import type { Round, Run } from '../run.ts';

export type Stuck = { readonly id: string; readonly isRegression: boolean };

/**
 * Actionable findings that were sent to the implementer before and are raised again: stuck, when that was in the round
 * before this one; a regression, when they were absent in between. A round that was dropped fixed nothing, and findings
 * the user waived are not asked about again.
 */
export function stuckFindings(run: Run, round: number): Stuck[] {
  const dropped = run.rounds.flatMap(({ number, how }) => (how === 'dropped' ? [number] : []));
  return [...run.ledger.values()]
    .filter(({ status, raised, waived }) => status === 'open' && raised.includes(round) && !waived)
    .map(({ finding, sent }) => ({
      id: finding.id,
      sent: sent.filter((number) => !dropped.includes(number)),
    }))
    .filter(({ sent }) => sent.length > 0)
    .map(({ id, sent }) => ({ id, isRegression: !sent.includes(round - 1) }));
}

/** Those that the user, or the policy, gave up on in this round. */
export function handedOverAsStuck({ stuck }: Round, open: readonly string[]): HandedOver[] {
  if (stuck?.answer !== 'terminate') return [];
  return open
    .filter((id) => stuck.about.includes(id))
    .map((id) => ({ id, because: 'stuck', why: 'It was fixed before and came back.' }));
}
