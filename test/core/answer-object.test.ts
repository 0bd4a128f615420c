import { describe, expect, it } from 'vitest';
import { asChoice, asRecord, asText, excerptOf, plainJson } from '../../src/core/answer-object.ts';
import { LONGEST_ANSWER, OVERLONG } from '../../src/core/longest-answer.ts';

describe('an answer', () => {
  it('may have as many characters as are kept, and no more', () => {
    const longest = '{}'.padStart(LONGEST_ANSWER);

    expect(plainJson(longest)).toEqual({ rung: 'json', value: {} });
    expect(plainJson(` ${longest}`)).toEqual({ problem: 'The answer is longer than 16 MB.' });
  });

  it('that was too long to be kept is said to be so', () => {
    expect(plainJson(OVERLONG)).toEqual({ problem: 'The answer is longer than 16 MB.' });
  });

  it('loses a byte order mark before it, and none within it', () => {
    expect(plainJson('\ufeff{"quote":"\ufeff# Plan"}')).toEqual({
      rung: 'json',
      value: { quote: '\ufeff# Plan' },
    });
    expect(plainJson('{"quote":"\ufeff# Plan"}')).toEqual({
      rung: 'json',
      value: { quote: '\ufeff# Plan' },
    });
  });
});

describe('a value of an answer', () => {
  it.each([
    ['an object', { a: 1 }, { a: 1 }],
    ['null', null, undefined],
    ['an array', [{ a: 1 }], undefined],
    ['a text', 'a', undefined],
    ['nothing', undefined, undefined],
  ])('is an object or none: %s', (_, value, expected) => {
    expect(asRecord(value)).toEqual(expected);
  });

  it.each([
    ['a text', 'It never ends.', 'It never ends.'],
    ['a text with space around it', '\n It never ends.\t', 'It never ends.'],
    ['a number', 3, ''],
    ['null', null, ''],
    ['a list of texts', ['It never ends.'], ''],
    ['nothing', undefined, ''],
  ])('is a text, trimmed, or empty: %s', (_, value, expected) => {
    expect(asText(value)).toBe(expected);
  });

  it.each([
    ['as it is written', 'not-fixed', 'not-fixed'],
    ['in other letters', 'Not-FIXED', 'not-fixed'],
    ['joined by an underscore', 'not_fixed', 'not-fixed'],
    ['joined by spaces', ' not  fixed ', 'not-fixed'],
    ['joined by several of them', 'not - fixed', 'not-fixed'],
    ['that is the first', 'fixed', 'fixed'],
    ['not joined at all', 'notfixed', undefined],
    ['that there is not', 'half-fixed', undefined],
    ['within other words', 'It is fixed.', undefined],
    ['that is no text', 1, undefined],
    ['that is missing', undefined, undefined],
  ])('is a choice: %s', (_, value, expected) => {
    expect(asChoice(value, ['fixed', 'not-fixed', 'cannot_tell'])).toBe(expected);
  });

  it('is a choice as the program writes it, whichever way that joins its words', () => {
    expect(asChoice('Cannot tell', ['fixed', 'not-fixed', 'cannot_tell'])).toBe('cannot_tell');
  });

  it.each([
    ['nothing', undefined, 'missing'],
    ['null', null, 'null'],
    ['a number', 3, '3'],
    ['a truth', true, 'true'],
    ['a text', 'maybe', '"maybe"'],
    ['a text of two lines', 'may\nbe', '"may\\nbe"'],
    ['a text of forty characters', 'x'.repeat(40), `"${'x'.repeat(40)}"`],
    ['a longer text', `${'x'.repeat(40)}y`, `"${'x'.repeat(40)}"`],
    ['an object', { a: 1 }, 'no plain value'],
    ['an array', ['maybe'], 'no plain value'],
  ])('is quoted shortly, on one line: %s', (_, value, expected) => {
    expect(excerptOf(value)).toBe(expected);
  });
});
