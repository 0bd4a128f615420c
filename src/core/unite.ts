import type { Finding } from './finding.ts';
import type { Entry, Ledger } from './ledger/entry.ts';
import { enter } from './ledger/record.ts';
import { placeFindings, type Ground } from './place-findings.ts';
import type { RawFinding } from './raw-finding.ts';
import { SEVERITIES } from './severity.ts';

/** Several reviews of the same bytes as one: what each of them raised, by id, and every finding once. */
export type United = {
  readonly findings: readonly Finding[];
  /** For each review, the ids of what it raised. */
  readonly seen: readonly (readonly string[])[];
};

/**
 * The union of reviews, never a vote. A later review's finding that repeats one of an earlier is that one, at its worst;
 * two findings of one review are never one.
 */
export function unite(reviews: readonly (readonly RawFinding[])[], ground: Ground): United {
  let ledger: Ledger = ground.ledger;
  const found = new Map<string, Finding>();
  const seen = reviews.map((raw) => {
    const placed = placeFindings(raw, { ...ground, ledger });
    for (const finding of placed) {
      const known = found.get(finding.id);
      found.set(finding.id, known ? worstOf(known, finding) : finding);
    }
    ledger = withFound(ledger, placed, ground.round);
    return placed.map(({ id }) => id);
  });
  return { findings: [...found.values()], seen };
}

function withFound(ledger: Ledger, placed: readonly Finding[], round: number): Ledger {
  const next = new Map<string, Entry>(ledger);
  for (const finding of placed) next.set(finding.id, enter(next.get(finding.id), finding, round));
  return next;
}

/** The first one's words; of the scores and gates, those that let less fall under the table. */
function worstOf(first: Finding, second: Finding): Finding {
  const severity =
    SEVERITIES.indexOf(first.severity) <= SEVERITIES.indexOf(second.severity)
      ? first.severity
      : second.severity;
  return {
    ...first,
    severity,
    confidence: Math.max(first.confidence, second.confidence),
    materialization: Math.max(first.materialization, second.materialization),
    gate: first.gate === 'actionable' ? first.gate : second.gate,
  };
}
