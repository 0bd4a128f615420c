import { lineMapOf } from '../../src/core/ledger/hunks.ts';
import { mapSpan } from '../../src/core/ledger/line-map.ts';

/** Where a line stands after an edit, as `first-last`. */
export function to(line: number, before: readonly string[], after: readonly string[]): string {
  const { hunks, moves } = lineMapOf(`${before.join('\n')}\n`, `${after.join('\n')}\n`);
  const { start, end } = mapSpan({ start: line, end: line }, hunks, moves);
  return `${start}-${end}`;
}
