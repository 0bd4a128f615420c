import type { Finding } from '../finding.ts';
import type { Entry, Ledger } from '../ledger/entry.ts';
import type { Span } from '../ledger/line-map.ts';

type Placed = Pick<Finding, 'id' | 'cause' | 'fix_kind' | 'anchor'>;

/**
 * Ids of the findings that become a matter of design, because guards are piling up: two that were admitted name the same
 * cause, or a finding stands in a block that a guard was already put into for another one. Both of a pair are named,
 * except those that are design already, or closed, so that nothing is left to decide. `admitted` are the findings of this
 * round that are to be fixed; `blockOf` gives the lines of the block around a place.
 */
export function stacked(
  admitted: readonly Placed[],
  ledger: Ledger,
  blockOf: (lines: Span) => Span = (lines) => lines,
): string[] {
  const isAdmitted = new Set(admitted.map(({ id }) => id));
  const earlier = [...ledger.values()].filter(
    (entry) => wasAdmitted(entry) && !isAdmitted.has(entry.finding.id),
  );
  const piles = admitted.flatMap((finding, at): Placed[] => {
    const others = [...earlier.map((entry) => entry.finding), ...admitted.slice(0, at)];
    const below = [
      ...others.filter((other) => isSameCause(finding.cause, other.cause)),
      ...earlier.filter((entry) => isGuarded(entry, finding, blockOf)).map((entry) => entry.finding),
    ];
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

/** Was a guard put into the block of the finding, for another one? */
function isGuarded(
  { finding, addressedIn, ruling }: Entry,
  { anchor }: Placed,
  blockOf: (lines: Span) => Span,
): boolean {
  // A ruling keeps the kind of a fix that was made before its finding became a matter of design.
  const isGuard = finding.fix_kind === 'guard' || ruling?.fix_kind === 'guard';
  if (addressedIn === null || !isGuard || !finding.anchor.lines || !anchor.lines) return false;
  const [guarded, block] = [blockOf(finding.anchor.lines), blockOf(anchor.lines)];
  return guarded.start <= block.end && block.start <= guarded.end;
}
