import type { Finding } from '../finding.ts';
import type { Entry, Ledger } from '../ledger/entry.ts';

type Caused = Pick<Finding, 'id' | 'cause' | 'fix_kind'>;

/**
 * Ids of the findings that become a matter of design, because guards are piling up: two that were admitted name the same
 * cause. Both of a pair are named, except those that are design already, or closed, so that nothing is left to decide.
 * `admitted` are the findings of this round that are to be fixed. What stands in a block that was fixed before is no sign
 * of it: such a finding is one of the next generation, and is fixed once more (see regenerating.ts).
 */
export function stacked(admitted: readonly Caused[], ledger: Ledger): string[] {
  const isAdmitted = new Set(admitted.map(({ id }) => id));
  const earlier = [...ledger.values()].filter(
    (entry) => wasAdmitted(entry) && !isAdmitted.has(entry.finding.id),
  );
  const piles = admitted.flatMap((finding, at): Caused[] => {
    const others = [...earlier.map((entry) => entry.finding), ...admitted.slice(0, at)];
    const below = others.filter((other) => isSameCause(finding.cause, other.cause));
    return below.length > 0 ? [...below, finding] : [];
  });
  const undecided = piles.filter(
    ({ id, fix_kind: kind }) =>
      kind === 'guard' && (isAdmitted.has(id) || ledger.get(id)?.status !== 'closed'),
  );
  return [...new Set(undecided.map(({ id }) => id))];
}

/** What is merely open may have been ruled out a moment ago. */
function wasAdmitted({ status, sent }: Entry): boolean {
  if (status === 'open') return sent.length > 0;
  return status === 'addressed' || status === 'closed' || status === 'handed-over';
}

function isSameCause(a: string, b: string): boolean {
  const folded = fold(a);
  return folded !== '' && folded === fold(b);
}

/** Its words, without case and punctuation. */
function fold(cause: string): string {
  return (
    cause
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).join(' ');
}
