import { array, assert, constantFrom, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { changesBetween, spansAfter } from '../../src/core/changes.ts';
import { revertFix } from '../../src/core/contested/revert.ts';
import type { Span } from '../../src/core/ledger/line-map.ts';
import { linesOf } from '../../src/lib/text.ts';

const BEFORE = `# Plan

## Steps

1. Read the file.
2. Check every row.
3. Write the rows.

## Rollback

Delete the rows.
`;

const AFTER = BEFORE.replace(
  'Check every row.',
  'Check every row twice.\n   A row that differs is dropped.',
).replace('Delete the rows.', 'Delete the rows, newest first.');

const BLOCKS = [
  { start: 1, end: 1 },
  { start: 3, end: 3 },
  { start: 5, end: 5 },
  { start: 6, end: 7 },
  { start: 8, end: 8 },
  { start: 10, end: 10 },
  { start: 12, end: 12 },
];

/** The lines that an edit wrote. */
function writtenBetween(before: string, after: string): Span[] {
  return spansAfter(changesBetween(before, after, []));
}

/** The plan as it is now with the first of both fixes undone, or with all of them. */
function undone(current: string, which: 'first' | 'all' = 'first', after = AFTER): string | null {
  const lines = writtenBetween(BEFORE, after);
  return revertFix(current, {
    before: BEFORE,
    after,
    lines: which === 'first' ? lines.slice(0, 1) : lines,
    blocks: BLOCKS,
  });
}

const FIRST_UNDONE = BEFORE.replace('Delete the rows.', 'Delete the rows, newest first.');

describe('a fix is undone', () => {
  it('and the other one of its round stays', () => {
    expect(undone(AFTER)).toBe(FIRST_UNDONE);
    expect(undone(AFTER, 'all')).toBe(BEFORE);
  });

  it('and what later fixes did elsewhere stays', () => {
    const later = (text: string): string => `New.\n\n${text.replace('## Rollback', '## Undoing')}\nMore.\n`;

    expect(undone(later(AFTER))).toBe(later(FIRST_UNDONE));
  });

  it('at its own place, where the same text stands twice', () => {
    const copy = AFTER.slice(AFTER.indexOf('## Steps'), AFTER.indexOf('## Rollback'));

    expect(undone(copy + AFTER)).toBe(copy + FIRST_UNDONE);
  });

  it('with its whole block, where a later fix went into it', () => {
    expect(undone(AFTER.replace('is dropped', 'is kept'))).toBe(FIRST_UNDONE);
    expect(undone(AFTER.replace('twice.', 'twice.\n   In order.'))).toBe(FIRST_UNDONE);
  });

  it('with what it had deleted', () => {
    const after = BEFORE.replace('2. Check every row.\n', '');
    const lines = writtenBetween(BEFORE, after);
    const fix = {
      before: BEFORE,
      after,
      lines,
      blocks: [
        { start: 5, end: 5 },
        { start: 6, end: 6 },
      ],
    };

    expect(revertFix(after, fix)).toBe(BEFORE);
    expect(revertFix(after.replace('Read', 'Open'), fix)).toBe(BEFORE.replace('Read', 'Open'));
  });

  it('not where its block is gone, or a later fix reaches beyond it', () => {
    expect(undone(AFTER.replace(/2\. Check.*\n.*\n/, ''))).toBeNull();
    expect(undone(AFTER.replace(/2\. Check[^]*rows\.\n\n##/, 'Do it.\n\n##'))).toBeNull();
  });

  it('without a trace where its text is gone already', () => {
    const after = BEFORE.replace('3. Write', '3. Count.\n4. Write');
    const fix = { before: BEFORE, after, lines: writtenBetween(BEFORE, after), blocks: BLOCKS };
    const current = BEFORE.replace('3. Write', '4. Write');

    expect(revertFix(BEFORE, fix)).toBe(BEFORE);
    expect(revertFix(current, fix)).not.toContain('Count');
  });

  it('in plans with CRLF, and without a last line end', () => {
    const [before, after] = [BEFORE, AFTER].map((text) => text.replaceAll('\n', '\r\n').trimEnd());
    const fix = { before: before ?? '', after: after ?? '', blocks: BLOCKS };

    expect(revertFix(fix.after, { ...fix, lines: writtenBetween(fix.before, fix.after) })).toBe(before);
  });
});

it('any fix is undone to the byte while nothing followed it', () => {
  const text = array(constantFrom('a\n', 'b\n', 'c\n', '\n', 'd\r\n'), { maxLength: 12 }).map((lines) =>
    lines.join(''),
  );
  assert(
    property(text, text, (before, after) => {
      const lines = writtenBetween(before, after);
      const blocks = linesOf(after).map((_, index) => ({ start: index + 1, end: index + 1 }));

      expect(revertFix(after, { before, after, lines, blocks })).toBe(before === after ? null : before);
    }),
    { numRuns: 500, seed: 11 },
  );
});
