import { array, assert, constantFrom, integer, option, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { likelyAmong } from '../../src/core/ledger/likely-pairs.ts';
import { mayBeSame, profileOf, type Likeness } from '../../src/core/ledger/likeness.ts';

const WORDS = ['the', 'of', 'a', 'bound', 'retries', 'missing', 'migration', 'is', 'unacknowledged', 'no'];
const QUOTES = [null, '', '}', 'retry until it works', 'send a mail to each customer'];

const LIKENESS = record({
  title: array(constantFrom(...WORDS), { maxLength: 8 }),
  quote: constantFrom(...QUOTES),
  lines: option(record({ start: integer({ min: 1, max: 300 }), more: integer({ min: 0, max: 150 }) })),
}).map(({ title, quote, lines }): Likeness => ({
  title: title.join(' '),
  body: '',
  instance: '',
  kind: 'other',
  anchor: {
    how: 'exact',
    lines: lines && { start: lines.start, end: lines.start + lines.more },
    quote,
    section: [],
  },
}));

describe('the findings that another may be the same as', () => {
  it('hold every one that a closer look is worth, by quote, by lines or by title', () => {
    assert(
      property(array(LIKENESS, { maxLength: 30 }), LIKENESS, (known, found) => {
        const [profiles, profile] = [known.map(profileOf), profileOf(found)];
        const worth = [...profiles.keys()].filter((at) => {
          const other = profiles[at];
          return other !== undefined && mayBeSame(profile, other);
        });
        const likely = likelyAmong(profiles)(profile);

        expect(worth.filter((at) => !likely.has(at))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it('are few among many that have nothing in common with it', () => {
    const known = Array.from({ length: 1000 }, (_, at) =>
      profileOf(likeness(`The bound of case${at} is missing`, at * 100 + 1)),
    );

    expect([...likelyAmong(known)(profileOf(likeness('The bound of case7 is missing', 1)))]).toEqual([0, 7]);
  });
});

function likeness(title: string, line: number): Likeness {
  const anchor = { how: 'lines' as const, lines: { start: line, end: line }, quote: null, section: [] };
  return { title, body: '', instance: '', kind: 'other', anchor };
}
