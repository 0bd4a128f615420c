import { describe, expect, it } from 'vitest';
import type { Anchor } from '../../src/core/finding.ts';
import type { Entry, Ledger } from '../../src/core/ledger/entry.ts';
import { dice, likeness, matchFindings, SAME, type Likeness } from '../../src/core/ledger/identity.ts';
import { finding } from './facts.ts';

const NOWHERE: Anchor = { how: 'none', lines: null, quote: null, section: [] };

function at(start: number, end = start, quote: string | null = null): Anchor {
  return { how: quote === null ? 'lines' : 'exact', lines: { start, end }, quote, section: [] };
}

const KNOWN: Likeness = {
  title: 'The retry has no bound',
  body: 'When the server is gone, the import never ends.',
  anchor: at(10, 12, 'retry until the server answers'),
};

function ledger(...known: Likeness[]): Ledger {
  const unseen: Omit<Entry, 'finding'> = {
    status: 'addressed',
    sent: [1],
    raised: [1],
    addressedIn: 1,
    handedOver: null,
    waived: false,
  };
  return new Map(
    known.map((is, index) => [`F${index + 1}`, { ...unseen, finding: finding(`F${index + 1}`, is) }]),
  );
}

/** Is it taken for the known finding? */
function isSame(found: Partial<Likeness>, known: Partial<Likeness> = {}): boolean {
  return matchFindings([{ ...KNOWN, ...found }], ledger({ ...KNOWN, ...known }))[0] === 'F1';
}

const REWORDED = { title: 'Unlimited attempts', body: 'Nobody stops the loop.' };
const ELSEWHERE = at(40, 42, 'retry until the server answers');

describe('two findings are one', () => {
  it.each([
    ['with the same words at the same place', {}],
    ['with the same quote at the same place, in wholly other words', REWORDED],
    [
      'with the same quote re-wrapped, in other words',
      { ...REWORDED, anchor: at(10, 12, 'retry until\n  the server answers ') },
    ],
    [
      'with the same quote at lines that overlap',
      { ...REWORDED, anchor: at(12, 20, 'retry until the server answers') },
    ],
    [
      'with most of the words at the same place, and another quote',
      { title: 'The retry still has no bound', anchor: at(11, 11, 'retry') },
    ],
    ['with the same words and no quote, at lines within theirs', { anchor: at(11) }],
    ['with the same telling quote where the text has moved to', { anchor: ELSEWHERE }],
    [
      'with the same telling quote that has moved, and half of the words',
      { title: 'A retry has no upper bound', body: '', anchor: ELSEWHERE },
    ],
    ['with the very same words at another place: line numbers are guesses', { anchor: at(80) }],
    ['with the very same words and no place', { anchor: NOWHERE }],
  ])('%s', (_, found) => {
    expect(isSame(found)).toBe(true);
  });

  it('with the same title, where neither has a place or a body', () => {
    const placeless = {
      title: 'No owner is named',
      body: '',
      anchor: NOWHERE,
    };

    expect(isSame(placeless, placeless)).toBe(true);
  });
});

describe('two findings are two', () => {
  it.each([
    [
      'with other words at the same place: a fix draws new findings to its lines',
      { ...REWORDED, anchor: at(10, 12) },
    ],
    [
      'with other words and another quote at the same place',
      { ...REWORDED, anchor: at(10, 12, 'until the server') },
    ],
    ['with the same quote at another place, in other words', { ...REWORDED, anchor: ELSEWHERE }],
    [
      'with the same title at two places, and other bodies',
      { body: 'Nobody stops the loop.', anchor: at(40) },
    ],
    ['with nothing in common', { ...REWORDED, anchor: at(40) }],
    ['with other words and no place', { ...REWORDED, anchor: NOWHERE }],
  ])('%s', (_, found) => {
    expect(isSame(found)).toBe(false);
  });

  it('with a short quote that stands in many places, and few common words', () => {
    const short = { anchor: at(10, 10, '}') };

    expect(isSame({ title: 'The lock has no bound', body: '', anchor: at(40, 40, '}') }, short)).toBe(false);
  });

  it('with the same title at two places, and no bodies', () => {
    expect(isSame({ body: '', anchor: at(40) }, { body: '', anchor: at(10) })).toBe(false);
  });
});

describe('findings and entries are paired', () => {
  it('one to one: a second finding about the same is a new one', () => {
    expect(matchFindings([KNOWN, KNOWN], ledger(KNOWN))).toEqual(['F1', null]);
  });

  it('best pairs first, whatever the order', () => {
    const near = { ...KNOWN, ...REWORDED, anchor: at(10, 12, 'retry until the server answers') };
    const far = { ...KNOWN, anchor: at(80) };

    expect(matchFindings([far, near], ledger(far, KNOWN))).toEqual(['F1', 'F2']);
    expect(matchFindings([near, far], ledger(far, KNOWN))).toEqual(['F2', 'F1']);
  });

  it('each with its own place where the same words stand at two', () => {
    const [one, other] = [
      { ...KNOWN, anchor: at(10) },
      { ...KNOWN, anchor: at(40) },
    ];

    expect(matchFindings([other, one], ledger(one, other))).toEqual(['F2', 'F1']);
  });

  it('with nothing at first', () => {
    expect(matchFindings([KNOWN], new Map())).toEqual([null]);
    expect(matchFindings([], ledger(KNOWN))).toEqual([]);
  });
});

describe('likeness', () => {
  it('is 1 for the same quote at the same place', () => {
    expect(likeness({ ...KNOWN, ...REWORDED }, { finding: finding('F1', KNOWN) })).toBe(1);
  });

  it('is below the threshold for the same place alone', () => {
    expect(likeness({ ...REWORDED, anchor: at(10, 12) }, { finding: finding('F1', KNOWN) })).toBeLessThan(
      SAME,
    );
  });
});

describe('the common words of two texts', () => {
  it.each([
    ['a b c', 'a b c', 1],
    ['A, b; c!', 'c b a', 1],
    ['a b', 'b c', 0.5],
    ['a', 'b', 0],
    ['', '', 0],
    ['größe ①', 'GRÖSSE 1', 0.5],
  ])('%j and %j: %d', (a, b, expected) => {
    expect(dice(a, b)).toBe(expected);
  });
});
