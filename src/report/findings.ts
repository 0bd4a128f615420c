import { count } from '../lib/text.ts';
import type { Finding } from '../core/finding.ts';
import { linesIn, unplaced, type Entry, type Unplaced } from '../core/ledger/entry.ts';
import type { Span } from '../core/ledger/line-map.ts';
import type { Run } from '../core/run.ts';
import { ruledOutText } from './left.ts';
import { shortName, shortText } from './short.ts';
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
  /** Why the arbiter ruled as it did; null where it was not asked. */
  readonly ruling: string | null;
  /** The finding that it repeats, as the arbiter has it. */
  readonly same_as: string | null;
  /** What verifiers said of its fixes, oldest first. */
  readonly checks: Entry['checks'];
  readonly raised_in: readonly number[];
  readonly sent_in: readonly number[];
  readonly addressed_in: number | null;
};

/** The ledger as rows: every finding, its place in the plan as it is now, and what became of it. */
export function findingRows(run: Run): FindingRow[] {
  return [...run.ledger.values()].map((entry) => rowOf(entry));
}

function rowOf({
  finding,
  status,
  handedOver,
  raised,
  sent,
  addressedIn,
  ruling,
  checks,
}: Entry): FindingRow {
  return {
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
    ruling: ruling?.reason ?? null,
    same_as: ruling?.same_as ?? null,
    checks,
    raised_in: raised,
    sent_in: sent,
    addressed_in: addressedIn,
  };
}

/** The same for people, two lines each. */
export function findingsText(run: Run): string {
  const entries = [...unplaced(run.ledger).values()];
  if (entries.length === 0) return 'No review has raised a finding.\n';
  return entries
    .map((entry) => {
      const { finding } = entry;
      const { id, severity, file, title } = finding;
      const what = [id, severity, place(file, linesIn(run.ledger, id)), shortName(title)].join(' ');
      return [what, '\n   ', origin(finding), became(entry), '\n'].join(''); // there may be many, and a template is not flat
    })
    .join('');
}

function place(file: string, lines: Span | null): string {
  return lines === null ? shortName(file) || '(no place)' : `${shortName(file)}:${lines.start}`;
}

/** Whose text it is about: said only where it is not the author's. */
function origin({ generation, parent }: Unplaced['finding']): string {
  return generation > 0 ? `about text that the fix of ${parent ?? '?'} wrote; ` : '';
}

function became(entry: Unplaced): string {
  const raised = `raised in ${count(entry.raised.length, 'round')} (${entry.raised.join(', ')})`;
  switch (entry.status) {
    case 'addressed':
      return `${raised}; an edit of round ${entry.addressedIn ?? '?'} addresses it`;
    case 'handed-over':
      return `${raised}; left to you: ${shortText(entry.handedOver?.why ?? '')}`;
    case 'filtered':
      return `${raised}; below the confidence floor (${entry.finding.confidence})`;
    case 'void':
      return `${raised}; it quotes text that is not in the plan, so it was not fixed`;
    case 'lapsed':
      return `${raised}; a later review did not raise it again`;
    case 'closed':
      return `${raised}; closed: a verifier found its failure impossible after the edit`;
    case 'ruled-out':
      return `${raised}; not acted on: ${shortText(ruledOutText(entry))}`;
    case 'dismissed':
      return `${raised}; dismissed for good`;
    case 'parked':
      return `${raised}; noticed beside the fix that was checked, not acted on`;
    case 'reverted':
      return `${raised}; the fix that wrote the text it is about was taken back`;
    case 'open':
      return `${raised}; open`;
  }
}
