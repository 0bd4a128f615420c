import type { Finding } from '../finding.ts';
import type { Ledger } from '../ledger/entry.ts';
import type { Span } from '../ledger/line-map.ts';

/** The finding whose fix wrote lines, and its generation. */
export type Author = Pick<Finding, 'generation'> & { readonly finding: string };

/** What a verifier raised, sorted. */
export type Admitted = {
  /** To be entered into the ledger: about the fix (actionable, of the next generation), or not acted on. */
  readonly findings: readonly Finding[];
  /** Findings of the ledger that it raised once more and that stay as they are. Their checks close nothing. */
  readonly again: readonly string[];
};

/**
 * Sorts what a verification raised beside its checks. Admitted is what is about lines that the fix of this round wrote,
 * and of a kind that somebody who builds the plan would run into: words in fresh text can always be found fault with, and
 * a loop that acts on them never ends. The rest is parked; what was filtered or void stays so. `found` is placed in the
 * plan after the fix; `bornInFix` tells who wrote most of a span of its lines, null where this round's fix did not.
 */
export function admit(
  found: readonly Finding[],
  { ledger, bornInFix }: { readonly ledger: Ledger; readonly bornInFix: (lines: Span) => Author | null },
): Admitted {
  const sorted = found.map((finding) => {
    const author = authorOf(finding, bornInFix);
    const entry = ledger.get(finding.id);
    const isUnderCheck = entry?.status === 'open' || entry?.status === 'addressed';
    if (isUnderCheck || author?.finding === finding.id || (entry && !author)) return finding.id;
    if (finding.gate !== 'actionable') return finding;
    return author
      ? { ...finding, generation: author.generation + 1, parent: author.finding }
      : { ...finding, gate: 'parked' as const };
  });
  return {
    findings: sorted.filter((finding) => typeof finding !== 'string'),
    again: sorted.filter((finding) => typeof finding === 'string'),
  };
}

/** Kinds that are acted on in text that a fix has just written. */
const ADMITTED: ReadonlySet<Finding['kind']> = new Set(['contradiction', 'wrong-fact', 'missing-case']);

/** A heading alone, or no place at all, does not say that a finding is about the fix. */
function authorOf({ gate, kind, anchor }: Finding, bornInFix: (lines: Span) => Author | null): Author | null {
  const isPlaced = anchor.how !== 'section' && anchor.how !== 'none' && anchor.how !== 'void';
  return gate === 'actionable' && ADMITTED.has(kind) && isPlaced && anchor.lines
    ? bornInFix(anchor.lines)
    : null;
}
