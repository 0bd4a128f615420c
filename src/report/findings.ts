import { count, oneLine } from '../lib/text.ts';
import type { Finding } from '../core/finding.ts';
import type { Entry } from '../core/ledger/entry.ts';
import type { Run } from '../core/run.ts';
import type { Severity } from '../core/severity.ts';

/** A finding as a script reads it. */
export type FindingRow = {
  readonly id: string;
  readonly severity: Severity;
  readonly confidence: number;
  readonly title: string;
  readonly body: string;
  readonly file: string;
  readonly line_start: number | null;
  readonly line_end: number | null;
  readonly quote: string | null;
  /** The headings above the place, outermost first. */
  readonly section: readonly string[];
  readonly kind: Finding['kind'];
  readonly instance: string;
  readonly cause: string;
  readonly fix_kind: Finding['fix_kind'];
  readonly materialization: number;
  readonly materialization_reason: string;
  readonly recommendation: string;
  readonly generation: number;
  readonly parent: string | null;
  readonly gate: Finding['gate'];
  readonly status: Entry['status'];
  readonly because: string | null;
  readonly why: string | null;
  readonly raised_in: readonly number[];
  readonly sent_in: readonly number[];
  readonly addressed_in: number | null;
};

/** The ledger as rows: every finding, its place in the plan as it is now, and what became of it. */
export function findingRows(run: Run): FindingRow[] {
  return [...run.ledger.values()].map(({ finding, status, handedOver, raised, sent, addressedIn }) => ({
    id: finding.id,
    severity: finding.severity,
    confidence: finding.confidence,
    title: finding.title,
    body: finding.body,
    file: finding.file,
    line_start: finding.anchor.lines?.start ?? null,
    line_end: finding.anchor.lines?.end ?? null,
    quote: finding.anchor.quote,
    section: finding.anchor.section,
    kind: finding.kind,
    instance: finding.instance,
    cause: finding.cause,
    fix_kind: finding.fix_kind,
    materialization: finding.materialization,
    materialization_reason: finding.materialization_reason,
    recommendation: finding.recommendation,
    generation: finding.generation,
    parent: finding.parent,
    gate: finding.gate,
    status,
    because: handedOver?.because ?? null,
    why: handedOver?.why ?? null,
    raised_in: raised,
    sent_in: sent,
    addressed_in: addressedIn,
  }));
}

/** The same for people, two lines each. */
export function findingsText(run: Run): string {
  const rows = findingRows(run);
  if (rows.length === 0) return 'No review has raised a finding.\n';
  return rows
    .map((row) => `${row.id} ${row.severity} ${place(row)} ${oneLine(row.title)}\n   ${became(row)}\n`)
    .join('');
}

function place({ file, line_start: line }: FindingRow): string {
  return line === null ? oneLine(file) || '(no place)' : `${oneLine(file)}:${line}`;
}

function became(row: FindingRow): string {
  const raised = `raised in ${count(row.raised_in.length, 'round')} (${row.raised_in.join(', ')})`;
  switch (row.status) {
    case 'addressed':
      return `${raised}; an edit of round ${row.addressed_in ?? '?'} addresses it`;
    case 'handed-over':
      return `${raised}; left to you: ${oneLine(row.why ?? '')}`;
    case 'filtered':
      return `${raised}; below the confidence floor (${row.confidence})`;
    case 'void':
      return `${raised}; it quotes text that is not in the plan, so it was not fixed`;
    case 'lapsed':
      return `${raised}; a later review did not raise it again`;
    case 'closed':
      return `${raised}; closed: a verifier found its failure impossible after the edit`;
    case 'ruled-out':
      return `${raised}; not acted on: ${RULED_OUT[row.gate] ?? row.gate}`;
    case 'dismissed':
      return `${raised}; dismissed for good`;
    case 'parked':
      return `${raised}; noticed beside the fix that was checked, not acted on`;
    case 'open':
      return `${raised}; open`;
  }
}

const RULED_OUT: Partial<Record<Finding['gate'], string>> = {
  unlikely: 'real, but unlikely to happen',
  advisory: 'real, but it need not be mended before the plan is built',
  prose: 'wording only',
};
