import type { Run } from '../run.ts';

export type Stuck = { readonly id: string; readonly isRegression: boolean };

/**
 * Actionable findings that were sent to the implementer before and are raised again: stuck, when that was in the round
 * before this one; a regression, when they were absent in between. Findings the user waived are not asked about again.
 */
export function stuckFindings(run: Run, round: number): Stuck[] {
  return [...run.ledger.values()]
    .filter(({ finding, raised, sent, waived }) => finding.gate === 'actionable' && raised.includes(round) && sent.length > 0 && !waived)
    .map(({ finding, sent }) => ({ id: finding.id, isRegression: !sent.includes(round - 1) }));
}
