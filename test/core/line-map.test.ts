import { describe, expect, it } from 'vitest';
import { hunksBetween, lineMapOf } from '../../src/core/ledger/hunks.ts';
import { mapSpan, type Span } from '../../src/core/ledger/line-map.ts';
import { mappedLine } from './mapped-line.ts';

const BEFORE = 'a\nb\nc\nd\ne\n';

/** Where a span of `BEFORE` stands after an edit. */
function mapped(start: number, end: number, after: string): Span {
  return mapSpan({ start, end }, hunksBetween(BEFORE, after));
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
        [5, 1, 5, 0],
      ],
    ],
    ['a lost line end', 'a\nb\nc\nd\ne', [[5, 1, 5, 1]]],
    ['everything', '', [[1, 5, 1, 0]]],
  ])('say what was replaced: %s', (_, after, hunks) => {
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

describe('lines that are changed side by side', () => {
  const OLD = ['# Plan', '1. read the file', '2. insert each row', '3. retry on failure', 'end'];

  it('map each to its own new wording', () => {
    const now = [
      '# Plan',
      '1. read the whole file',
      '2. insert each new row',
      '3. retry twice on failure',
      'end',
    ];

    expect([2, 3, 4].map((line) => mappedLine(line, OLD, now))).toEqual(['2-2', '3-3', '4-4']);
  });

  it('map to their wording past what was put in between, which belongs to the line above', () => {
    const now = ['# Plan', '1. read the whole file', 'at night', 'only', '3. retry twice on failure', 'end'];

    expect([2, 3, 4].map((line) => mappedLine(line, OLD, now))).toEqual(['2-2', '3-4', '5-5']);
  });

  it('are not taken for one another by a word or two', () => {
    const old = ['read the file', 'stop at night', 'insert each row'];
    const now = ['wait a while', 'open the door', 'go home', 'insert each new row'];

    expect([1, 2, 3].map((line) => mappedLine(line, old, now))).toEqual(['1-2', '2-3', '4-4']);
  });

  it('map by signs where they have no words', () => {
    expect([1, 2, 3].map((line) => mappedLine(line, ['a b', '=>', 'c'], ['d', 'e', ' =>', 'f']))).toEqual([
      '1-2',
      '3-3',
      '4-4',
    ]);
  });

  it('map by their position where no word is left', () => {
    const now = ['# Plan', 'a', 'b', 'c', 'end'];
    const more = ['# Plan', 'a', 'b', 'c', 'd', 'e', 'f', 'end'];

    expect([2, 3, 4].map((line) => mappedLine(line, OLD, now))).toEqual(['2-2', '3-3', '4-4']);
    expect([2, 3, 4].map((line) => mappedLine(line, OLD, more))).toEqual(['2-3', '4-5', '6-7']);
    expect([2, 3, 4].map((line) => mappedLine(line, OLD, ['# Plan', 'a', 'end']))).toEqual([
      '2-2',
      '2-2',
      '2-2',
    ]);
  });

  it('map to where their words went when a paragraph is wrapped anew', () => {
    const wide = [
      'The importer reads the file and inserts',
      'each customer, one after the other, and',
      'stops at night.',
    ];
    const narrow = [
      'The importer reads',
      'the file and inserts',
      'each customer, one',
      'after the other, and',
      'stops at night.',
    ];

    expect([1, 2, 3].map((line) => mappedLine(line, wide, narrow))).toEqual(['1-2', '3-4', '5-5']);
    expect([1, 2, 3, 4, 5].map((line) => mappedLine(line, narrow, wide))).toEqual([
      '1-1',
      '1-1',
      '2-2',
      '2-2',
      '3-3',
    ]);
  });

  it('map to themselves when every line end changes', () => {
    const text = `${OLD.join('\n')}\n`;
    const { hunks, moves } = lineMapOf(text, text.replaceAll('\n', '\r\n'));

    expect([1, 2, 3, 4, 5].map((line) => mapSpan({ start: line, end: line }, hunks, moves).start)).toEqual([
      1, 2, 3, 4, 5,
    ]);
  });

  it('map to themselves where a script sets no spaces', () => {
    const old = ['先读取文件', '逐行插入客户', '失败时重试'];

    expect(
      [1, 2, 3].map((line) => mappedLine(line, old, ['先读取整个文件', '逐行插入新客户', '失败时重试两次'])),
    ).toEqual(['1-1', '2-2', '3-3']);
  });
});

describe('lines of which only the ends change', () => {
  it('are changed, and moved to where they stand', () => {
    expect(lineMapOf('a\nb\nc\n', 'a\r\nb\r\nc\r\n')).toEqual({ hunks: [[1, 3, 1, 3]], moves: [[1, 1, 3]] });
    expect(lineMapOf('a\nb', 'a\nb\n')).toEqual({ hunks: [[2, 1, 2, 1]], moves: [[2, 2, 1]] });
    expect(lineMapOf('a\r\nb\nc\r\n', 'a\nb\nc\n')).toEqual({
      hunks: [
        [1, 1, 1, 1],
        [3, 1, 3, 1],
      ],
      moves: [
        [1, 1, 1],
        [3, 3, 1],
      ],
    });
  });

  it('stand among the others in order, at the lines they have now', () => {
    expect(lineMapOf('a\nold\nb\nc\nd', 'new\nnewer\na\r\nb\r\nc\nd\n')).toEqual({
      hunks: [
        [1, 0, 1, 2],
        [1, 1, 3, 1],
        [2, 1, 4, 0],
        [3, 1, 4, 1],
        [5, 1, 6, 1],
      ],
      moves: [
        [1, 3, 1],
        [3, 4, 1],
        [5, 6, 1],
      ],
    });
  });
});

describe('the tail of a text', () => {
  it('maps to the last line left, once it is deleted', () => {
    expect([4, 5].map((line) => mappedLine(line, ['a', 'b', 'c', 'd', 'e'], ['a', 'b', 'c']))).toEqual([
      '3-3',
      '3-3',
    ]);
    expect(mapped(4, 5, '')).toEqual({ start: 1, end: 1 });
  });
});
