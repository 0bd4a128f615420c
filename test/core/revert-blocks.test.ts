import { describe, expect, it } from 'vitest';
import { changesBetween, spansAfter } from '../../src/core/changes.ts';
import { revertFix } from '../../src/core/contested/revert.ts';
import type { Span } from '../../src/core/ledger/line-map.ts';

/* Which lines a fix takes with it when it is undone: those of a plan of numbered lines. */

const LINES = Array.from({ length: 16 }, (_, index) => `line ${index + 1}`);

/** The lines with some of them replaced: by a line, by several, or by none. */
function lines(replaced: Readonly<Record<number, string | readonly string[]>> = {}): string {
  return LINES.flatMap((line, index) => replaced[index + 1] ?? line)
    .map((line) => `${line}\n`)
    .join('');
}

type Fixed = { readonly after: string; readonly blocks: readonly Span[]; readonly which?: readonly number[] };

/** The text as it is now without a fix of the plan; `which` of its places, where not all. */
function undone(current: string, { after, blocks, which }: Fixed): string | null {
  const before = lines();
  const written = spansAfter(changesBetween(before, after, []));
  const own = written.filter((_, index) => which?.includes(index) ?? true);
  return revertFix(current, { before, after, lines: own, blocks });
}

describe('of the fixes of one round the one is undone, and stays', () => {
  it.each([
    ['what another rewrote above it', { 3: 'A', 9: 'B' }, 1, { 3: 'A' }],
    ['what another deleted above it', { 3: [], 9: 'B' }, 1, { 3: [] }],
    ['what another deleted below it', { 3: 'A', 9: [] }, 0, { 9: [] }],
    ['what another rewrote below its deletion', { 3: [], 9: 'B' }, 0, { 9: 'B' }],
  ])('%s', (_, fixes, which, rest) => {
    const after = lines(fixes);

    expect(undone(after, { after, blocks: [], which: [which] })).toBe(lines(rest));
  });

  it('what another deleted in the same text, at the edge of the lines it wrote: that goes along', () => {
    const [before, after] = ['a\nb\nc\nd\n', 'a\nB\nd\n'];
    const blocks = [{ start: 2, end: 2 }];
    const fix = { before, after, blocks };

    expect(revertFix(after, { ...fix, lines: [{ start: 2, end: 2 }] })).toBe(before);
    expect(
      revertFix('a\nd\n', { before: 'a\nb\nd\n', after: 'a\nd\n', blocks, lines: [{ start: 2, end: 2 }] }),
    ).toBe('a\nb\nd\n');
    expect(
      revertFix('a\nd\n', { before: 'a\nd\nb\n', after: 'a\nd\n', blocks, lines: [{ start: 2, end: 2 }] }),
    ).toBe('a\nd\nb\n');
  });
});

describe('where later fixes went into its block', () => {
  const block = [{ start: 4, end: 13 }];
  const after = lines({ 8: ['A', 'B'] });

  it('what stands four lines away stays, and what stands nearer goes', () => {
    const fix = { after, blocks: block };

    expect(undone(lines({ 4: 'later', 8: ['A', 'B'], 12: 'later' }), fix)).toBe(
      lines({ 4: 'later', 12: 'later' }),
    );
    expect(undone(lines({ 5: 'later', 8: ['A', 'B'] }), fix)).toBe(lines());
    expect(undone(lines({ 8: ['A', 'B'], 11: 'later' }), fix)).toBe(lines());
  });

  it('the whole block is as before, wherever in it they wrote, and whatever grew around it', () => {
    const fix = { after, blocks: [{ start: 7, end: 10 }] };

    expect(undone(lines({ 7: 'later', 8: ['A', 'B'] }), fix)).toBe(lines());
    expect(undone(lines({ 8: ['A', 'B'], 9: 'later' }), fix)).toBe(lines());
    expect(undone(lines({ 2: ['x', 'y'], 7: 'later', 8: ['A', 'B'], 13: [] }), fix)).toBe(
      lines({ 2: ['x', 'y'], 13: [] }),
    );
  });

  it('text that was put in right beside the block stays', () => {
    const fix = { after: lines({ 8: 'A' }), blocks: [{ start: 7, end: 9 }] };
    const above = { 6: ['line 6', 'new'] };
    const below = { 9: ['line 9', 'new'] };

    expect(undone(lines({ ...above, 8: 'A', 9: 'later' }), fix)).toBe(lines(above));
    expect(undone(lines({ 7: 'later', 8: 'A', ...below }), fix)).toBe(lines(below));
  });

  it('text that was put in right below a block of one line stays', () => {
    const fix = { after: lines({ 8: 'A' }), blocks: [{ start: 8, end: 8 }] };

    expect(undone(lines({ 6: 'later', 8: ['A', 'new'] }), fix)).toBe(
      lines({ 6: 'later', 8: ['line 8', 'new'] }),
    );
  });

  it.each([
    ['above', { 6: 'one', 7: 'two', 8: 'A' }],
    ['below', { 8: 'A', 9: 'one', 10: 'two' }],
  ])('nothing is undone where they wrote %s the block and into it in one', (_, current) => {
    expect(undone(lines(current), { after: lines({ 8: 'A' }), blocks: [{ start: 7, end: 9 }] })).toBeNull();
  });
});

describe('a fix of several places, into which later fixes went,', () => {
  it('is undone once in a block that has two of them', () => {
    const after = lines({ 5: ['A', 'B'], 7: 'C' });
    const fix = { after, blocks: [{ start: 4, end: 9 }] };

    expect(undone(lines({ 5: ['A', 'B'], 6: 'later', 7: 'C', 12: 'far' }), fix)).toBe(lines({ 12: 'far' }));
  });

  it('is undone in each of two blocks, and what stands between them stays', () => {
    const after = lines({ 3: ['A', 'B'], 12: ['C', 'D'] });
    const fix = {
      after,
      blocks: [
        { start: 2, end: 4 },
        { start: 13, end: 15 },
      ],
    };
    const current = lines({ 2: 'later', 3: ['A', 'B'], 7: ['x', 'y'], 12: ['C', 'D'], 13: 'later' });

    expect(undone(current, fix)).toBe(lines({ 7: ['x', 'y'] }));
  });

  it('is undone at a deletion, and what it deleted elsewhere comes back there', () => {
    const fix = { after: lines({ 4: [], 10: [] }), blocks: [] };

    expect(undone(lines({ 3: 'later', 4: [], 10: [], 11: 'later' }), fix)).toBe(
      lines({ 3: 'later', 11: 'later' }),
    );
  });
});

describe('what another fix of the round did right beside the block stays', () => {
  it.each([
    ['a line deleted above it', { 6: [], 8: 'A' }, 1, { start: 6, end: 7 }, { 6: [] }],
    ['a line deleted below it', { 7: 'A', 9: [] }, 0, { start: 7, end: 8 }, { 9: [] }],
    ['a line more far above', { 2: ['x', 'y'], 8: 'A' }, 1, { start: 8, end: 9 }, { 2: ['x', 'y'] }],
    ['a line more far below', { 8: 'A', 14: ['x', 'y'] }, 0, { start: 7, end: 8 }, { 14: ['x', 'y'] }],
  ])('%s', (_, fixes, which, block, rest) => {
    const later = 'A' === (fixes as Record<number, unknown>)[8] ? 7 : 8;
    const fix = { after: lines(fixes), blocks: [block], which: [which] };

    expect(undone(lines({ ...fixes, [later]: 'later' }), fix)).toBe(lines(rest));
  });
});

describe('a line that was the last of the plan', () => {
  it.each([
    ['has an end again where a later fix wrote below it', 'a\nb', 'a\nB\nC\n', 'a\nb\nlater\n'],
    ['has one, though the fix had taken it away', 'a\nb\n', 'a\nB\nC', 'a\nb\nlater\n'],
    ['is gone again where the plan was empty', '', 'a\nB\nC\n', 'later\n'],
    ['is gone again, end and all', 'a\n', 'a\nB\nC', 'a\nlater\n'],
  ])('%s', (_, before, after, expected) => {
    const lines = spansAfter(changesBetween(before, after, []));

    expect(revertFix('a\nB\nC\nlater\n', { before, after, lines, blocks: [] })).toBe(expected);
  });

  it('has none again where nothing followed', () => {
    const fix = { before: 'a\nb', after: 'a\nB\nC\n', lines: [{ start: 2, end: 3 }], blocks: [] };

    expect(revertFix(fix.after, fix)).toBe('a\nb');
  });

  it('has an end where its block is as before, with text below it', () => {
    const fix = {
      before: 'a\nb',
      after: 'a\nB\nC\n',
      lines: [{ start: 2, end: 3 }],
      blocks: [{ start: 2, end: 3 }],
    };

    expect(revertFix('A\nB\nC\nlater\n', fix)).toBe('A\nb\nlater\n');
  });
});
