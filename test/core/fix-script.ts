import { changesBetween } from '../../src/core/changes.ts';
import { contested, type Contest, type FixHistory } from '../../src/core/contested/contested.ts';
import { appliedRecords, proposedRecords, stateOf } from '../../src/core/contested/fix-record.ts';
import { FixRecords } from '../../src/core/contested/fix-records.ts';
import { lineMapOf } from '../../src/core/ledger/hunks.ts';
import type { Span } from '../../src/core/ledger/line-map.ts';
import { linesOf } from '../../src/lib/text.ts';

/** The contests that each fix of a script brings, fix by fix; a fix is the new text and whom it is for. */
export function script(first: string, ...fixes: [plan: string, ...findings: string[]][]): Contest[][] {
  let history: FixHistory = { records: FixRecords.none, states: [{ round: 0, state: stateOf(first) }] };
  let before = first;
  return fixes.map(([after, ...findings], index) => {
    const round = index + 1;
    const changes = changesBetween(before, after, findings);
    const blocks = blocksOf(before);
    const found = contested(
      history,
      { records: proposedRecords(round, changes, blocks), state: stateOf(after) },
      blocks,
    );
    history = {
      records: history.records.after(lineMapOf(before, after), () =>
        appliedRecords(round, changes, blocksOf(after)),
      ),
      states: [...history.states, { round, state: stateOf(after) }],
    };
    before = after;
    return found;
  });
}

/** Every line a block of its own, but for those that begin as a paragraph goes on. */
function blocksOf(text: string): Span[] {
  return linesOf(text).flatMap((line, at) => {
    if (line.startsWith('  ')) return [];
    const rest = linesOf(text).slice(at + 1);
    const more = rest.findIndex((other) => !other.startsWith('  '));
    return [{ start: at + 1, end: at + 1 + (more === -1 ? rest.length : more) }];
  });
}

/** The same, said shortly: `why F1 F2`. */
export function said(...given: Parameters<typeof script>): string[][] {
  return script(...given).map((found) => found.map(({ why, findings }) => `${why} ${findings.join(' ')}`));
}

/** A plan about one line. */
export function plan(line: string, above = ''): string {
  return `# Plan\n\n${above}Some text that nobody touches.\n\n${line}\n\nMore of it.\n`;
}
