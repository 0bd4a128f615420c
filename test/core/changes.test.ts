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

  it.each([
    ['a word of the first line', 'b', 'B', 'a b c\nd\n', [[1, 'a b c', 'a B c']]],
    ['a word of a line below', 'd', 'D', 'a b\nc d e\n', [[2, 'c d e', 'c D e']]],
    ['an empty first line', '\na\n', 'x\na\n', '\na\n', [[1, '', 'x']]],
  ])('is whole lines, though it names less or nothing of them: %s', (_, old, fresh, plan, expected) => {
    expect(changed(old, fresh, plan)).toEqual(expected);
  });

  it('stands no lower than beside the line below the edit, where many lines are alike', () => {
    expect(changed('a\n', 'a\nb\n', 'a\nb\nb\nb\nc\n')).toEqual([[3, '', 'b']]);
    expect(changed('a\nb\n', 'a\n', 'a\nb\nb\nb\nc\n')).toEqual([[3, 'b', '']]);
  });
});

describe('how two texts differ', () => {
  it('is said with the lines that go and come, also below others that were put in or taken out', () => {
    expect(changesBetween('a\nb\nc\nd\ne\n', 'x\ny\na\nB\nc\ne\nf\n', ['F1'])).toEqual([
      { findings: ['F1'], at: 1, removed: [], added: ['x', 'y'] },
      { findings: ['F1'], at: 2, removed: ['b'], added: ['B'] },
      { findings: ['F1'], at: 4, removed: ['d'], added: [] },
      { findings: ['F1'], at: 6, removed: [], added: ['f'] },
    ]);
  });

  it('is one stretch where lines next to each other were each rewritten in their place', () => {
    const [before, after] = ['Read one file.\nCheck one row.\n', 'Read two files.\nCheck two rows.\n'];

    expect(changesBetween(before, after, ['F1', 'F2'])).toEqual([
      {
        findings: ['F1', 'F2'],
        at: 1,
        removed: ['Read one file.', 'Check one row.'],
        added: ['Read two files.', 'Check two rows.'],
      },
    ]);
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
