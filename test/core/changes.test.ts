import { describe, expect, it } from 'vitest';
import { changesBetween, changesOf, meet, spanBefore, spansAfter } from '../../src/core/changes.ts';
import { placeEdits } from '../../src/core/edits.ts';

const PLAN = 'a\nb\nc\nd\n';

/** What an edit changes: where, what goes, what comes. */
function changed(old: string, fresh: string, plan = PLAN): unknown {
  const placement = placeEdits(plan, [{ findings: ['F1'], old_text: old, new_text: fresh }], new Set(['F1']));
  if ('problems' in placement) throw new Error(placement.problems.join('\n'));
  return placement.placed
    .flatMap((placed) => changesOf(plan, placed))
    .map(({ at, removed, added }) => [at, removed.join(' '), added.join(' ')]);
}

describe('what an edit changes', () => {
  it.each([
    ['a line', 'b', 'B', [[2, 'b', 'B']]],
    ['a line after one it repeats', 'b\n', 'b\nx\n', [[3, '', 'x']]],
    ['a line before one it repeats', 'b', 'x\nb', [[2, '', 'x']]],
    [
      'two lines about one it repeats',
      'b\nc\nd',
      'B\nc\nD',
      [
        [2, 'b', 'B'],
        [4, 'd', 'D'],
      ],
    ],
    ['a line it joins to the next', 'b\n', 'b', [[2, 'b c', 'bc']]],
    ['a line it deletes', 'b\n', '', [[2, 'b', '']]],
    ['the first line', 'a', 'A', [[1, 'a', 'A']]],
    ['the last line', 'd\n', 'D\n', [[4, 'd', 'D']]],
    ['nothing', 'b\nc', 'b\nc', []],
  ])('is whole lines: %s', (_, old, fresh, expected) => {
    expect(changed(old, fresh)).toEqual(expected);
    expect(changed(old, fresh, PLAN.replaceAll('\n', '\r\n'))).toEqual(expected);
  });

  it('stands at the end of a plan without a last line end', () => {
    expect(changed('d', 'd\ne', PLAN.trimEnd())).toEqual([[5, '', 'e']]);
  });
});

it('changes have a place before, and one after all of them', () => {
  const changes = changesBetween('a\nb\nc\nd\n', 'x\na\nc\nD1\nD2\n', ['F1']);

  expect(changes.map(spanBefore)).toEqual([
    { start: 1, end: 0 },
    { start: 2, end: 2 },
    { start: 4, end: 4 },
  ]);
  expect(spansAfter(changes)).toEqual([
    { start: 1, end: 1 },
    { start: 3, end: 2 },
    { start: 4, end: 5 },
  ]);
});

it('an empty span meets what it stands within', () => {
  expect(meet({ start: 3, end: 2 }, { start: 2, end: 3 })).toBe(true);
  expect(meet({ start: 3, end: 2 }, { start: 3, end: 4 })).toBe(false);
  expect(meet({ start: 3, end: 2 }, { start: 1, end: 2 })).toBe(false);
  expect(meet({ start: 3, end: 3 }, { start: 3, end: 4 })).toBe(true);
});
