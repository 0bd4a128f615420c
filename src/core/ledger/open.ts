import type { Round, Run } from '../run.ts';

/** The findings that this round has to deal with: what was raised in it and nothing ruled out, or all that is open. */
export function openFindings(
  { ledger }: Run,
  { number, review }: Pick<Round, 'number' | 'review'>,
): string[] {
  return [...ledger.values()]
    .filter(({ status, raised }) => status === 'open' && (review === null || raised.includes(number)))
    .map(({ finding }) => finding.id);
}
