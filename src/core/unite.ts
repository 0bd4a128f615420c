import type { Finding, Gate } from './finding.ts';
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
    ledger = withFound(ledger, placed, ground);
    return placed.map(({ id }) => id);
  });
  return { findings: [...found.values()], seen };
}

/** Known to the looks that are read after it; what one of them takes for unlikely is not settled for the others. */
function withFound(ledger: Ledger, placed: readonly Finding[], { ledger: before, round }: Ground): Ledger {
  const next = new Map<string, Entry>(ledger);
  for (const finding of placed) {
    const entry = enter(next.get(finding.id), finding, [round]);
    const isOpen = finding.gate === 'unlikely' && !before.has(finding.id);
    next.set(finding.id, isOpen ? { ...entry, status: 'open' } : entry);
  }
  return next;
}

/** What is left to do about a finding, most first. */
const GATES: readonly Gate[] = [
  'actionable',
  'advisory',
  'unlikely',
  'prose',
  'settled',
  'dismissed',
  'parked',
  'void',
  'filtered',
];

/** The one whose gate lets less fall under the table, the first of equals, with the worse of the scores. */
function worstOf(first: Finding, second: Finding): Finding {
  const worse = GATES.indexOf(first.gate) <= GATES.indexOf(second.gate) ? first : second;
  const severity =
    SEVERITIES.indexOf(first.severity) <= SEVERITIES.indexOf(second.severity)
      ? first.severity
      : second.severity;
  return {
    ...worse,
    severity,
    confidence: Math.max(first.confidence, second.confidence),
    materialization: Math.max(first.materialization, second.materialization),
  };
}
