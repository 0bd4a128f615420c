import type { Finding } from '../finding.ts';
import type { Ledger } from '../ledger/entry.ts';
import type { Span } from '../ledger/line-map.ts';

/** The finding whose fix wrote lines, and its generation. */
export type Author = Pick<Finding, 'generation'> & { readonly finding: string };

/** What a verifier raised beside its checks, sorted. */
export type Noticed = {
  /** To be entered into the ledger: about the fix (actionable, of the next generation), or not acted on. */
  readonly findings: readonly Finding[];
  /** Findings it was asked about and raised once more as well. Their checks close nothing. */
  readonly again: readonly string[];
};

export type Asked = {
  readonly ledger: Ledger;
  /** Was the verifier asked about this finding? */
  readonly isUnderCheck: (id: string) => boolean;
  /** Who wrote most of a span of lines; null where this round's fix did not. */
  readonly bornInFix: (lines: Span) => Author | null;
};

/**
 * What a verification raised beside its checks. What was fixed earlier and is raised again is open again. Else, actionable is
 * what is about lines that the fix of this round wrote, and of a kind that somebody who builds the plan would run into:
 * words in fresh text can always be found fault with, and a loop that acts on them never ends. The rest is parked; what was
 * filtered or void stays so. `found` is placed in the plan after the fix.
 */
export function noticed(found: readonly Finding[], { ledger, isUnderCheck, bornInFix }: Asked): Noticed {
  const sorted = found.map((finding) => {
    const author = authorOf(finding, bornInFix);
    const status = ledger.get(finding.id)?.status;
    if (isUnderCheck(finding.id) || author?.finding === finding.id) return finding.id;
    if (finding.gate !== 'actionable') return finding;
    if (author) return { ...finding, generation: author.generation + 1, parent: author.finding };
    const wasFixed = status === 'addressed' || status === 'closed';
    return wasFixed ? finding : { ...finding, gate: 'parked' as const };
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
