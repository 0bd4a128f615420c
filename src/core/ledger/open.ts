import type { Round, Run } from '../run.ts';
import { unplaced, type Entry } from './entry.ts';

/**
 * The findings that this round has to deal with: what was raised in it and nothing ruled out; with an audit also what was left
 * open for it, and without a review all that is open.
 */
export function openFindings(
  { ledger }: Run,
  { number, review, baseline }: Pick<Round, 'number' | 'review' | 'baseline'>,
): string[] {
  const isAll = review === null || baseline.mode === 'audit';
  return [...unplaced(ledger).values()]
    .filter(({ status, raised }) => status === 'open' && (isAll || raised.includes(number)))
    .map(({ finding }) => finding.id);
}

/** Of these, what an arbiter is asked about: it was raised in this round, and no verifier has just said that it still stands. */
export function unjudgedFindings(run: Run, round: Parameters<typeof openFindings>[1]): string[] {
  return openFindings(run, round).filter((id) => {
    const entry = unplaced(run.ledger).get(id);
    return entry?.raised.includes(round.number) && !isLeftOpen(entry);
  });
}

/** A verifier said last that its fix does not hold. */
export function isLeftOpen({ checks }: Pick<Entry, 'checks'>): boolean {
  return checks.at(-1)?.closed === false;
}
