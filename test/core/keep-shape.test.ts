import { array, assert, constantFrom, property, string, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keepEdges, keepShape } from '../../src/core/keep-shape.ts';

const BOM = '\ufeff';

describe('the line ends of a plan', () => {
  it('stay where an agent normalised them', () => {
    expect(keepShape('a\r\nb\r\nc\r\n', 'a\nB\nc\n')).toBe('a\r\nB\r\nc\r\n');
    expect(keepShape('a\nb\n', 'a\r\nb\r\n')).toBe('a\nb\n');
  });

  it('stay as mixed as they were', () => {
    expect(keepShape('a\r\nb\nc\r\nd\n', 'a\nb\nc\nd\n')).toBe('a\r\nb\nc\r\nd\n');
  });

  it('are the usual ones in added lines', () => {
    expect(keepShape('a\r\nb\r\nc\n', 'a\nnew\nb\nc\n')).toBe('a\r\nnew\r\nb\r\nc\n');
  });

  it('are plain ones in added lines where as many are of either kind', () => {
    expect(keepShape('a\r\nb\n', 'a\nnew\nb\n')).toBe('a\r\nnew\nb\n');
  });

  it('move with their lines', () => {
    expect(keepShape('a\nb\nc\r\n', 'x\ny\nc\n')).toBe('x\ny\nc\r\n');
  });

  it('are the usual ones in all of a plan of which over 2,000 lines went and came', () => {
    const lines = (word: string, count: number): string => `${word}\r\n`.repeat(count);
    const rewritten = (count: number): string =>
      keepShape(`first\n${lines('old', count)}`, `first\n${lines('new', count).replaceAll('\r', '')}`);

    expect(rewritten(1000)).toBe(`first\n${lines('new', 1000)}`);
    expect(rewritten(1001)).toBe(`first\r\n${lines('new', 1001)}`);
  });

  it('do not eat a lone carriage return at the end', () => {
    expect(keepShape('a\r\nb\nc\nd\r', 'a\r\nb\nc\nd\r')).toBe('a\r\nb\nc\nd\r');
  });
});

describe('the two ends of a plan', () => {
  it.each([
    ['a byte order mark that was lost', `${BOM}a\n`, 'b\n', `${BOM}b\n`],
    ['a byte order mark that was added', 'a\n', `${BOM}b\n`, 'b\n'],
    ['a byte order mark that stayed', `${BOM}a\n`, `${BOM}b\n`, `${BOM}b\n`],
    ['a final line end that was lost', 'a\n', 'b', 'b\n'],
    ['a final line end of its own kind', 'a\r\n', 'b', 'b\r\n'],
    ['a final line end that was added', 'a', 'b\n', 'b'],
    ['several that were added', 'a', 'b\r\n\n', 'b'],
    ['an emptied plan', 'a\n', '', ''],
    ['an emptied plan that had a byte order mark', `${BOM}a\n`, '', ''],
    ['a plan that was empty', '', 'a\n', 'a\n'],
    ['both at once', `${BOM}a\r\nb\r\n`, 'a\nB', `${BOM}a\r\nB\r\n`],
  ])('stay: %s', (_, before, after, kept) => {
    expect(keepShape(before, after)).toBe(kept);
  });

  it('are all that edits in the form of data need', () => {
    expect(keepEdges(`${BOM}a\r\nb\n`, 'a\nB')).toBe(`${BOM}a\nB\n`);
  });
});

/** Texts as an editor leaves them: at most one mark, and no carriage return but within a line or in its end. */
const lines = array(tuple(constantFrom('a', 'b', '', 'a\rb'), constantFrom('\n', '\r\n')), { maxLength: 8 });
const texts = tuple(constantFrom('', BOM), lines, constantFrom('', 'a', 'z')).map(
  ([mark, all, last]) => mark + all.flat().join('') + last,
);

/** Texts with everything that has a shape, in any order. */
const shaped = array(constantFrom('a', 'b', '', '\n', '\r\n', '\r', BOM, ' ')).map((parts) => parts.join(''));

describe('any plan', () => {
  it('keeps its bytes where nothing was edited', () => {
    assert(
      property(shaped, (text) => {
        expect(keepShape(text, text)).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it('has its shape restored once and for all', () => {
    assert(
      property(texts, texts, (before, after) => {
        const once = keepShape(before, after);

        expect(keepShape(before, once)).toBe(once);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps the words of the edit', () => {
    const words = string({ unit: constantFrom('x', 'y', '\n') });
    assert(
      property(words, words, (before, after) => {
        expect(keepShape(before.replaceAll('\n', '\r\n'), after).replaceAll('\r\n', '\n').trimEnd()).toBe(
          after.trimEnd(),
        );
      }),
    );
  });
});
