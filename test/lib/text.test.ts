import { array, assert, constantFrom, integer, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import stringWidth from 'string-width';
import {
  clean,
  count,
  countLines,
  fitColumns,
  linesOf,
  linesWithEnds,
  oneLine,
  reveal,
  shorten,
  truncate,
  words,
} from '../../src/lib/text.ts';

const ESC = '\u001b';
// oxlint-disable-next-line no-control-regex -- none of these may be left
const ACTING = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069]/;

describe('a clean text', () => {
  it.each([
    ['plain text', 'Größe: 3 µs, 重试 👍', 'Größe: 3 µs, 重试 👍'],
    ['tabs and line ends', 'a\tb\nc', 'a\tb\nc'],
    ['colours', `${ESC}[1;31mred${ESC}[0m`, 'red'],
    ['cursor movements', `a${ESC}[2J${ESC}[1;1H${ESC}[?25lb`, 'ab'],
    ['a title', `${ESC}]0;evil\u0007a`, 'a'],
    ['a link', `${ESC}]8;;https://example.org${ESC}\\a${ESC}]8;;${ESC}\\`, 'a'],
    ['the clipboard', `${ESC}]52;c;ZXZpbA==\u009ca`, 'a'],
    ['a device string', `${ESC}Pq#0;2;0;0;0${ESC}\\a`, 'a'],
    ['a reset', `${ESC}c${ESC}(Ba`, 'a'],
    ['C1 forms', '\u009b31ma\u009d0;evil\u009cb\u0085c', 'abc'],
    ['a string that never ends: its text is kept', `${ESC}]the rest\nof it`, 'the rest\nof it'],
    ['a stray C1 introducer', 'a\u0090b\nc', 'ab\nc'],
    ['an escape in an escape', `${ESC}${ESC}[31m[31mred`, '[31mred'],
    ['an escape at the end', `a${ESC}`, 'a'],
    ['bells, backspaces, nulls, carriage returns', 'a\u0007b\bc\0d\re\u007f', 'abcde'],
    ['text directions', '\u202eabc\u202c \u2066d\u2069 \u200fe\u061c', 'abc d e'],
    ['what has no width', 'a\u200bb\u200dc\u2060d\ufeffe\u00adf\u034fg\u3164h', 'abcdefgh'],
    ['tags', `a${String.fromCodePoint(0xe0041, 0xe007f)}b`, 'ab'],
    ['variation selectors', 'a\ufe0fb', 'ab'],
    ['separators', 'a\u2028b\u2029c', 'abc'],
    ['halves of surrogate pairs', 'a\ud83d b\udc4d', 'a\ufffd b\ufffd'],
  ])('has no %s', (_, text, expected) => {
    expect(clean(text)).toBe(expected);
  });

  it('is clean already when it is cleaned again', () => {
    assert(
      property(string({ unit: 'binary' }), (text) => {
        const once = clean(text);

        expect(clean(once)).toBe(once);
        expect(once).not.toMatch(ACTING);
        expect(Buffer.from(once, 'utf8').toString('utf8')).toBe(once);
      }),
    );
  });

  it('takes no time that matters, whatever the text', () => {
    const hostile = [`${ESC}]`, `${ESC}[1`, '\u009d', '\u0090a', `${ESC}P\n`].map((part) =>
      part.repeat(50_000),
    );
    const began = performance.now();

    for (const text of hostile) clean(text);

    expect(performance.now() - began).toBeLessThan(2000);
  });
});

describe('one line', () => {
  it.each([
    [' a \n\n b\t\tc\r\n', 'a b c'],
    ['a\u2028b\u0085c\u00a0d', 'a b c d'],
    ['a \u200b b', 'a b'],
    ['a\rb', 'a b'],
    [`${ESC}[1m a ${ESC}[0m`, 'a'],
    ['\u200b', ''],
  ])('of %j is %j', (text, expected) => {
    expect(oneLine(text)).toBe(expected);
  });

  it('has no line end and no double space', () => {
    assert(
      property(string({ unit: 'binary' }), (text) => {
        expect(oneLine(text)).not.toMatch(/[\n\r]| {2}|^ | $/);
      }),
    );
  });

  it('is the same where something that nobody sees keeps the text from being plain', () => {
    const words = array(constantFrom('a', ' ', ':', '#', '[', '##vso[', '~', '\n', 'é'), { maxLength: 8 });
    assert(
      property(words, (parts) => {
        const text = parts.join('');
        expect(oneLine(text)).toBe(oneLine(`\u200b${text}`));
      }),
      { seed: 1, numRuns: 3000 },
    );
  });
});

describe('a truncated text', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['ab cd', 4, 'ab…'],
    ['👍👍👍', 2, '👍…'],
    ['👍👍', 2, '👍👍'],
    ['', 0, ''],
    ['abc', 0, '…'],
  ])('of %j at %d is %j', (text, max, expected) => {
    expect(truncate(text, max)).toBe(expected);
  });

  it('may have another ellipsis', () => {
    expect(truncate('abcdef', 5, '...')).toBe('ab...');
  });

  it('is no longer than it may be, and begins as the text does', () => {
    assert(
      property(string({ unit: 'grapheme' }), integer({ min: 1, max: 20 }), (text, max) => {
        const cut = truncate(text, max);

        expect(Array.from(cut).length).toBeLessThanOrEqual(max);
        expect(text.startsWith(cut.replace(/…$/, ''))).toBe(true);
      }),
    );
  });
});

describe('a shortened text', () => {
  it.each([
    ['ab cd', 5, 'ab cd'],
    ['ab cdef', 6, 'ab…'],
    ['ab cd ef', 6, 'ab…'],
    ['abcdef', 5, 'abcd…'],
    [' bcdef', 5, ' bcd…'],
  ])('of %j at %d is %j: no word is cut but the only one', (text, max, expected) => {
    expect(shorten(text, max)).toBe(expected);
  });
});

describe('a text fitted to columns', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['重试吧', 6, '重试吧'],
    ['重试吧', 5, '重试…'],
    ['重试吧', 4, '重…'],
    ['a👍b', 4, 'a👍b'],
    ['a👍b', 3, 'a…'],
  ])('of %j in %d is %j', (text, columns, expected) => {
    expect(fitColumns(text, columns)).toBe(expected);
  });

  it('is never wider on a terminal', () => {
    assert(
      property(string({ unit: 'grapheme' }), integer({ min: 1, max: 20 }), (text, columns) => {
        expect(stringWidth(fitColumns(oneLine(text), columns))).toBeLessThanOrEqual(columns);
      }),
    );
  });
});

describe('lines', () => {
  it.each([
    ['', [], []],
    ['a', ['a'], ['a']],
    ['a\nb\r\n', ['a\n', 'b\r\n'], ['a', 'b']],
    ['\n\na', ['\n', '\n', 'a'], ['', '', 'a']],
    ['a\rb\r', ['a\rb\r'], ['a\rb\r']],
  ])('of %j', (text, withEnds, without) => {
    expect(linesWithEnds(text)).toEqual(withEnds);
    expect(linesOf(text)).toEqual(without);
  });

  it('make the text again', () => {
    assert(
      property(string({ unit: 'binary' }), (text) => {
        expect(linesWithEnds(text).join('')).toBe(text);
      }),
    );
  });
});

it('counts in words', () => {
  expect([0, 1, 2].map((n) => count(n, 'finding'))).toEqual(['0 findings', '1 finding', '2 findings']);
  expect(count(2, 'was', 'were')).toBe('2 were');
});

it('joins words, leaving out what there is not', () => {
  expect(words('a', false, 'b', undefined, '')).toBe('a b');
});

describe('revealed text', () => {
  it.each([
    ['a\u202eb\u0007 \u001b[31mc', 'a[U+202E]b[U+0007] [U+001B][31mc'],
    ['one\r\ntwo\rthree', 'one\ntwo[U+000D]three'],
    ['no\u200bwidth, \u200d alone', 'no[U+200B]width, [U+200D] alone'],
    ['\u26a0\ufe0f and \u{1f469}\u200d\u{1f467}', '\u26a0\ufe0f and \u{1f469}\u200d\u{1f467}'],
    ['\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645', '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645'],
    ['\ud800', '\ufffd'],
  ])('of %j is %j', (text, shown) => {
    expect(reveal(text)).toBe(shown);
  });
});

describe('the number of lines', () => {
  it.each([
    ['', 0],
    ['a', 1],
    ['a\n', 1],
    ['a\nb', 2],
    ['a\r\n\r\n', 2],
    ['\n', 1],
  ])('of %j is %d', (text, lines) => {
    expect(countLines(text)).toBe(lines);
  });
});
