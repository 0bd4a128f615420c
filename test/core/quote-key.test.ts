import { describe, expect, it } from 'vitest';
import { keyOf } from '../../src/core/ledger/quote-key.ts';

describe('the key of a quote', () => {
  const KEY = 'Read the file in 2 parts';

  it.each([
    ['as it is', 'Read the file in 2 parts'],
    ['wrapped anew', '  Read the file\n   in \t 2 parts \n'],
    ['as an item', '- Read the file in 2 parts'],
    ['as a numbered item', '  12)   Read the file in 2 parts'],
    ['as a task', '* [x]   Read the file in 2 parts'],
    ['as a task that is open', '+ [ ] Read the file in 2 parts'],
    ['as a heading', '###   Read the file in 2 parts'],
    ['quoted', '>Read the file\n> in 2 parts'],
    ['quoted as an item of an item', '> - 1. Read the file in 2 parts'],
    ['with the line numbers of the prompt', '  12 | Read the file\n13|in 2 parts'],
    ['marked', '**Read** the `file`|in ~~2~~ _parts_'],
    ['with another end', 'Read the file in 2 parts.) :'],
  ])('is the same for the words %s', (_, quote) => {
    expect(keyOf(quote)).toBe(KEY);
  });

  it.each([
    ['a number within a line', 'in 2 | parts', 'in 2 parts'],
    ['a number that begins a line', '2 parts', '2 parts'],
    ['a minus within a line', 'a - b c', 'a - b c'],
    ['a hash without a space', '#abc', '#abc'],
    ['punctuation between words', 'a, b. cd', 'a, b. cd'],
    ['another case', 'READ', 'READ'],
    ['composed letters', 'cafe\u0301', 'caf\u00e9'],
  ])('keeps %s', (_, quote, key) => {
    expect(keyOf(quote)).toBe(key);
  });

  it.each(['', '}', '---', '| - |', 'a 1', '- [ ] ab'])(
    'is nothing for %j, which stands everywhere',
    (quote) => {
      expect(keyOf(quote)).toBe('');
    },
  );

  it('is there from three letters and digits on', () => {
    expect(keyOf('{ a1b }')).toBe('{ a1b');
  });
});
