import { describe, expect, it } from 'vitest';
import type { Anchor } from '../../src/core/finding.ts';
import type { Entry, Ledger, Status } from '../../src/core/ledger/entry.ts';
import { candidatesFor, matchFindings, type Located } from '../../src/core/ledger/identity.ts';
import { dice, compare, profileOf, SAME } from '../../src/core/ledger/likeness.ts';
import { finding } from './facts.ts';

const NOWHERE: Anchor = { how: 'none', lines: null, quote: null, section: [] };

function at(start: number, end = start, quote: string | null = null): Anchor {
  return { how: quote === null ? 'lines' : 'exact', lines: { start, end }, quote, section: [] };
}

const KNOWN: Located = {
  title: 'The retry has no bound',
  body: 'When the server is gone, the import never ends.',
  instance: '',
  kind: 'other',
  severity: 'high',
  anchor: at(10, 12, 'retry until the server answers'),
};

function ledger(...known: Located[]): Ledger {
  return ledgerOf('addressed', ...known);
}

function ledgerOf(status: Status, ...known: Located[]): Ledger {
  const unseen: Omit<Entry, 'finding'> = {
    status,
    sent: [1],
    raised: [1],
    addressedIn: 1,
    handedOver: null,
    waived: false,
    ruling: null,
    checks: [],
  };
  return new Map(
    known.map((is, index) => [`F${index + 1}`, { ...unseen, finding: finding(`F${index + 1}`, is) }]),
  );
}

/** Is it taken for the known finding? */
function isSame(found: Partial<Located>, known: Partial<Located> = {}): boolean {
  return matchFindings([{ ...KNOWN, ...found }], ledger({ ...KNOWN, ...known }))[0]?.id === 'F1';
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

function ids(found: Located[], ...known: Located[]): (string | null)[] {
  return matchFindings(found, ledger(...known)).map(({ id }) => id);
}

describe('findings and entries are paired', () => {
  it('one to one: a second finding about the same is a new one', () => {
    expect(ids([KNOWN, KNOWN], KNOWN)).toEqual(['F1', null]);
  });

  it('best pairs first, whatever the order', () => {
    const near = { ...KNOWN, ...REWORDED, anchor: at(10, 12, 'retry until the server answers') };
    const far = { ...KNOWN, anchor: at(80) };

    expect(ids([far, near], far, KNOWN)).toEqual(['F1', 'F2']);
    expect(ids([near, far], far, KNOWN)).toEqual(['F2', 'F1']);
  });

  it('each with its own place where the same words stand at two', () => {
    const [one, other] = [
      { ...KNOWN, anchor: at(10) },
      { ...KNOWN, anchor: at(40) },
    ];

    expect(ids([other, one], one, other)).toEqual(['F2', 'F1']);
  });

  it('with nothing at first', () => {
    expect(ids([KNOWN])).toEqual([null]);
    expect(ids([], KNOWN)).toEqual([]);
  });
});

describe('likeness', () => {
  const like = (found: Partial<Located>, stands = false): number =>
    compare(profileOf({ ...KNOWN, ...found }), profileOf(KNOWN), stands).score;

  it('is 1 for the same quote at the same place', () => {
    expect(like(REWORDED)).toBe(1);
  });

  it('is below the threshold for the same place, kind and section alone', () => {
    expect(like({ ...REWORDED, anchor: at(10, 12) })).toBeLessThan(SAME);
  });

  it('is no higher for a quote that stands in two places', () => {
    expect(like({ ...REWORDED, anchor: ELSEWHERE }, true)).toBeLessThan(
      like({ ...REWORDED, anchor: ELSEWHERE }),
    );
    expect(like({ anchor: ELSEWHERE }, true)).toBeLessThan(SAME);
  });

  it('is beyond doubt for the very same words', () => {
    expect(like({ anchor: at(80) })).toBeGreaterThanOrEqual(0.9);
  });
});

describe('a finding that is like none', () => {
  it('may be one that says the like elsewhere, or stands in its section, best first', () => {
    const near = { ...KNOWN, ...REWORDED, anchor: at(11) };
    const says = { ...KNOWN, body: '', anchor: at(90, 90) };
    const apart: Located = {
      ...KNOWN,
      ...REWORDED,
      kind: 'scope',
      anchor: { ...at(70), section: ['Other'] },
    };
    const found = { ...KNOWN, title: 'The retry is not limited in any way', body: '', anchor: at(10, 12) };
    const known = ledger(apart, says, near);

    expect(matchFindings([found], known)[0]).toMatchObject({ id: null });
    expect(candidatesFor(found, known)).toEqual(['F3', 'F2']);
  });

  it('may be none that another one already is, and five at most', () => {
    const many = Array.from({ length: 9 }, (_, n) => ({ ...KNOWN, ...REWORDED, anchor: at(20 + n) }));
    const found = { ...KNOWN, anchor: at(20) };

    expect(matchFindings([found, KNOWN], ledger(KNOWN, ...many)).map(({ id }) => id)).toEqual([null, 'F1']);
    expect(candidatesFor(found, ledger(KNOWN, ...many))).toHaveLength(5);
  });
});

describe('what was settled', () => {
  function suppresses(
    status: Status,
    found: Partial<Located> = {},
    known: Partial<Located> = {},
  ): boolean | undefined {
    return matchFindings([{ ...KNOWN, ...found }], ledgerOf(status, { ...KNOWN, ...known }))[0]?.suppresses;
  }

  it.each(['handed-over', 'dismissed', 'ruled-out'] as const)('withholds what repeats it: %s', (status) => {
    expect(suppresses(status)).toBe(true);
    expect(suppresses(status, { anchor: at(80) })).toBe(true);
  });

  it.each(['open', 'addressed', 'closed', 'lapsed', 'parked', 'filtered', 'void', 'reverted'] as const)(
    'is not what is %s: that comes back',
    (status) => {
      expect(matchFindings([KNOWN], ledgerOf(status, KNOWN))[0]).toEqual({
        id: 'F1',
        score: 1,
        suppresses: false,
      });
    },
  );

  it('is not what says something else of the same sentence: that has an id of its own', () => {
    const other = { title: 'A crash loses the whole file', body: 'Half of it is written.', instance: '' };
    const [match] = matchFindings([{ ...KNOWN, ...other }], ledgerOf('handed-over', KNOWN));

    expect(match).toEqual({ id: null, score: 0, suppresses: false });
  });

  it('withholds nothing that is merely likely to repeat it', () => {
    const likely = { title: 'The retry runs without any bound', anchor: at(10), body: '' };
    const [match] = matchFindings([{ ...KNOWN, ...likely }], ledgerOf('handed-over', KNOWN));

    expect(match).toMatchObject({ id: 'F1', suppresses: false });
    expect(match?.score).toBeLessThan(0.9);
  });

  it('withholds nothing that is worse, and about another run of events', () => {
    const known = { severity: 'medium', instance: 'The server is down for an hour.' } as const;

    expect(
      suppresses('handed-over', { severity: 'high', instance: 'Two imports start at once.' }, known),
    ).toBe(false);
    expect(
      suppresses('handed-over', { severity: 'medium', instance: 'Two imports start at once.' }, known),
    ).toBe(true);
    expect(suppresses('handed-over', { severity: 'high', instance: known.instance }, known)).toBe(true);
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
    ['没有回滚', '没有上限', 1 / 3],
    ['没有回滚', '没有回滚', 1],
  ])('%j and %j: %d', (a, b, expected) => {
    expect(dice(a, b)).toBe(expected);
  });
});
