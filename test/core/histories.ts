import type { Finding } from '../../src/core/finding.ts';
import type { Entry, Ledger, Status } from '../../src/core/ledger/entry.ts';
import { lineMapOf } from '../../src/core/ledger/hunks.ts';
import { mapSpan } from '../../src/core/ledger/line-map.ts';
import { ageLines, type Births } from '../../src/core/ledger/provenance.ts';
import { placeFindings } from '../../src/core/place-findings.ts';
import type { RawFinding } from '../../src/core/raw-finding.ts';

/* A plan over several rounds, with the findings about it: what the ledger does, without the rest of a run. */

export type History = {
  readonly plan: string;
  readonly ledger: Ledger;
  readonly births: Births;
  readonly round: number;
};

export function begin(plan: string): History {
  return { plan, ledger: new Map(), births: [], round: 1 };
}

export function raw(given: Partial<RawFinding> = {}): RawFinding {
  return {
    severity: 'high',
    title: 'a title',
    body: '',
    file: 'plan.md',
    lines: null,
    quote: null,
    heading: '',
    confidence: 1,
    recommendation: '',
    instance: '',
    kind: 'other',
    materialization: 1,
    materialization_reason: '',
    cause: '',
    fix_kind: 'guard',
    coerced: [],
    ...given,
  };
}

/** What a review of the plan as it is comes to. */
export function place(history: History, ...found: Partial<RawFinding>[]): Finding[] {
  return placeFindings(found.map(raw), { ...history, floor: 0.3, dismissed: [] });
}

/** The history after a review that raised these. */
export function raise(history: History, status: Status, ...found: Partial<RawFinding>[]): History {
  const ledger = new Map(history.ledger);
  for (const finding of place(history, ...found))
    ledger.set(finding.id, { ...(ledger.get(finding.id) ?? UNSEEN), finding, status });
  return { ...history, ledger };
}

const UNSEEN: Omit<Entry, 'finding' | 'status'> = {
  handedOver: null,
  raised: [1],
  sent: [],
  addressedIn: null,
  waived: false,
  ruling: null,
  checks: [],
};

/** The history after somebody's edit, and, where findings are named, after a fix of theirs that wrote all that is new. */
export function edit(history: History, plan: string, findings: readonly string[] = []): History {
  const { hunks, moves } = lineMapOf(history.plan, plan);
  const written = hunks.map(([, , start, lines]) => ({ findings, lines: { start, end: start + lines - 1 } }));
  const ledger = new Map(
    [...history.ledger].map(([id, entry]) => {
      const { anchor } = entry.finding;
      const lines = anchor.lines && mapSpan(anchor.lines, hunks, moves);
      return [id, { ...entry, finding: { ...entry.finding, anchor: { ...anchor, lines } } }];
    }),
  );
  const births = ageLines(
    history.births,
    { hunks, moves },
    findings.length > 0 ? written : [],
    history.round,
  );
  return { plan, ledger, births, round: history.round + 1 };
}
