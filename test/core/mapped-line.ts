import { lineMapOf } from '../../src/core/ledger/hunks.ts';
import { mapSpan, type LineMap } from '../../src/core/ledger/line-map.ts';

/** How some lines became others. */
export function mapOf(before: readonly string[], after: readonly string[]): LineMap {
  return lineMapOf(`${before.join('\n')}\n`, `${after.join('\n')}\n`);
}

/** Where a line stands after an edit, as `first-last`. */
export function mappedLine(line: number, before: readonly string[], after: readonly string[]): string {
  const { hunks, moves } = mapOf(before, after);
  const { start, end } = mapSpan({ start: line, end: line }, hunks, moves);
  return `${start}-${end}`;
}
