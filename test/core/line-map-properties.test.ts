import { array, assert, constantFrom, property, shuffledSubarray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hunksBetween, lineMapOf } from '../../src/core/ledger/hunks.ts';
import { mapSpan } from '../../src/core/ledger/line-map.ts';
import { linesWithEnds } from '../../src/lib/text.ts';

describe('any edit', () => {
  const text = array(constantFrom('a\n', 'b\n', 'c\n', 'd\r\n', '\n'), { maxLength: 12 }).map((lines) =>
    lines.join(''),
  );

  it('leaves every line that no hunk touches equal at the place it maps to', () => {
    assert(
      property(text, text, (before, after) => {
        const hunks = hunksBetween(before, after);
        const [old, now] = [linesWithEnds(before), linesWithEnds(after)];

        const kept = old.flatMap((line, index) => {
          const number = index + 1;
          const isTouched = hunks.some(([from, size]) => number >= from && number < from + size);
          return isTouched ? [] : [[line, mapSpan({ start: number, end: number }, hunks)] as const];
        });

        expect(kept.map(([, { start }]) => now[start - 1])).toEqual(kept.map(([line]) => line));
        expect(kept.every(([, { start, end }]) => start === end)).toBe(true);
      }),
      { numRuns: 300, seed: 4 },
    );
  });

  it('maps lines in their order, but for those that moved, and within the text', () => {
    assert(
      property(text, text, (before, after) => {
        const { hunks, moves } = lineMapOf(before, after);
        const size = linesWithEnds(after).length;
        const stays = linesWithEnds(before).flatMap((_, at) =>
          moves.some(([from, , lines]) => from <= at + 1 && at + 1 < from + lines)
            ? []
            : [mapSpan({ start: at + 1, end: at + 1 }, hunks, moves)],
        );

        expect(stays.every(({ start }, at) => at === 0 || start >= (stays[at - 1]?.start ?? 0))).toBe(true);
        expect(stays.every(({ start, end }) => start >= 1 && end <= Math.max(1, size))).toBe(true);
      }),
      { numRuns: 300, seed: 5 },
    );
  });

  it('leaves as many lines as the hunks say', () => {
    assert(
      property(text, text, (before, after) => {
        const hunks = hunksBetween(before, after);
        const [gone, fresh] = [1, 3].map((at) => hunks.reduce((sum, hunk) => sum + (hunk[at] ?? 0), 0));

        expect(linesWithEnds(after).length - (fresh ?? 0)).toBe(linesWithEnds(before).length - (gone ?? 0));
      }),
      { numRuns: 300, seed: 6 },
    );
  });

  it('that only moves long lines about maps each to itself', () => {
    const lines = Array.from(
      { length: 9 },
      (_, at) => `Line ${at}, which is long enough to be known again.\n`,
    );
    assert(
      property(shuffledSubarray(lines, { minLength: 9 }), (after) => {
        const { hunks, moves } = lineMapOf(lines.join(''), after.join(''));

        expect(
          lines.map((_, at) => after[mapSpan({ start: at + 1, end: at + 1 }, hunks, moves).start - 1]),
        ).toEqual(lines);
      }),
      { numRuns: 200, seed: 7 },
    );
  });
});
