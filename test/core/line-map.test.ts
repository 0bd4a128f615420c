import { array, assert, constantFrom, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hunksBetween } from '../../src/core/ledger/hunks.ts';
import { mapSpan, type Span } from '../../src/core/ledger/line-map.ts';
import { linesWithEnds } from '../../src/lib/text.ts';

const BEFORE = 'a\nb\nc\nd\ne\n';

/** Where a span of `BEFORE` stands after an edit. */
function mapped(start: number, end: number, after: string): Span {
  return mapSpan({ start, end }, hunksBetween(BEFORE, after) ?? []);
}

describe('the hunks between two texts', () => {
  it.each([
    ['nothing', BEFORE, []],
    ['an insertion', 'a\nx\ny\nb\nc\nd\ne\n', [[2, 0, 2, 2]]],
    ['a deletion', 'a\nd\ne\n', [[2, 2, 2, 0]]],
    ['a replacement', 'a\nB\nc\nd\ne\n', [[2, 1, 2, 1]]],
    [
      'several',
      'x\na\nb\nC\nd\n',
      [
        [1, 0, 1, 1],
        [3, 1, 4, 1],
        [5, 1, 6, 0],
      ],
    ],
    ['a lost line end', 'a\nb\nc\nd\ne', [[5, 1, 5, 1]]],
    ['everything', '', [[1, 5, 1, 0]]],
  ])('are what a unified diff says: %s', (_, after, hunks) => {
    expect(hunksBetween(BEFORE, after)).toEqual(hunks);
  });
});

describe('a span of lines', () => {
  it.each([
    ['stays, where nothing changed', BEFORE, [3, 4]],
    ['stays, where something below changed', 'a\nb\nc\nd\nE\nf\n', [3, 4]],
    ['goes down with lines inserted above it', 'x\ny\na\nb\nc\nd\ne\n', [5, 6]],
    ['goes up with lines deleted above it', 'b\nc\nd\ne\n', [2, 3]],
    ['grows with lines inserted into it', 'a\nb\nc\nx\nd\ne\n', [3, 5]],
    ['becomes what replaced its first line', 'a\nb\nC1\nC2\nd\ne\n', [3, 5]],
    ['becomes what replaced its last line', 'a\nb\nc\nD1\nD2\ne\n', [3, 5]],
    ['becomes what replaced the whole of it', 'a\nb\nX\ne\n', [3, 3]],
    ['is the line now standing there, once it is deleted', 'a\nb\ne\n', [3, 3]],
    ['shrinks with what was deleted of it', 'a\nb\nd\ne\n', [3, 3]],
    ['goes with its text when that is the longer part of a move', 'c\nd\ne\na\nb\n', [1, 2]],
  ] as const)('%s', (_, after, [start, end]) => {
    expect(mapped(3, 4, after)).toEqual({ start, end });
  });

  it('stays where it stood when its text moved away', () => {
    expect(mapped(2, 2, 'a\nc\nd\ne\nb\n')).toEqual({ start: 2, end: 2 });
  });

  it('never stands before the first line', () => {
    expect(mapped(1, 5, '')).toEqual({ start: 1, end: 1 });
  });
});

describe('any edit', () => {
  const text = array(constantFrom('a\n', 'b\n', 'c\n', 'd\r\n', '\n'), { maxLength: 12 }).map((lines) =>
    lines.join(''),
  );

  it('leaves every line that no hunk touches equal at the place it maps to', () => {
    assert(
      property(text, text, (before, after) => {
        const hunks = hunksBetween(before, after) ?? [];
        const [old, now] = [linesWithEnds(before), linesWithEnds(after)];

        const kept = old.flatMap((line, index) => {
          const number = index + 1;
          const isTouched = hunks.some(([from, size]) => number >= from && number < from + size);
          return isTouched ? [] : [[line, mapSpan({ start: number, end: number }, hunks)] as const];
        });

        expect(kept.map(([, { start }]) => now[start - 1])).toEqual(kept.map(([line]) => line));
        expect(kept.every(([, { start, end }]) => start === end)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps the order of lines', () => {
    const line = integer({ min: 1, max: 12 });
    assert(
      property(text, text, line, line, (before, after, one, other) => {
        const hunks = hunksBetween(before, after) ?? [];
        const [start, end] = [Math.min(one, other), Math.max(one, other)];

        const span = mapSpan({ start, end }, hunks);

        expect(span.start >= 1 && span.end >= span.start).toBe(true);
      }),
    );
  });
});
