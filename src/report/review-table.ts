import { oneLine, truncate } from '../lib/text.ts';
import { worstFirst } from '../core/severity.ts';
import type { Run } from '../core/run.ts';
import { table } from './table.ts';

/** The findings of a single review, worst first: what is to be acted on, and what is not and why. */
export function reviewTable(
  run: Run,
  { isUnicode, ellipsis }: { isUnicode: boolean; ellipsis: string },
): string {
  const findings = worstFirst(run.rounds.at(-1)?.review?.findings ?? []);
  if (findings.length === 0) return 'The review raised nothing.\n';
  const rows = findings.map(({ id, severity, confidence, file, anchor, title, gate }) => [
    id,
    gate === 'actionable' ? severity : `(${severity})`,
    confidence.toFixed(2),
    anchor.lines ? `${oneLine(file)}:${anchor.lines.start}` : oneLine(file),
    truncate(oneLine(title), 72, ellipsis) + (gate === 'actionable' ? '' : ` [${NOT_ACTED_ON[gate]}]`),
  ]);
  return `${table([['Id', 'Severity', 'Confidence', 'Place', 'Finding'], ...rows], { isUnicode, hasTotal: false })}\n`;
}

const NOT_ACTED_ON = {
  filtered: 'below the floor',
  void: 'quotes text that is not in the plan',
  settled: 'settled before',
  dismissed: 'dismissed for good',
  unlikely: 'real, but unlikely',
  advisory: 'real, but need not be mended first',
  prose: 'wording only',
  parked: 'noticed beside the fix',
} as const;
