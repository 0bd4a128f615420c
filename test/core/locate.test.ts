import { assert, integer, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { locate } from '../../src/core/ledger/locate.ts';

const PLAN = `# Import

1. Read the file line by line.
2. Insert each customer;
   retry until it works.
3. Read the file line by line.

Done when it works.
`;

function anchor(quote: string | null, lines: [number, number] | null = null, plan = PLAN): unknown {
  const { how, lines: found } = locate({ quote, lines: lines && { start: lines[0], end: lines[1] } }, plan);
  return found ? [how, found.start, found.end] : how;
}

describe('a quote', () => {
  it('is found where it stands', () => {
    expect(locate({ quote: 'retry until it works', lines: { start: 99, end: 99 } }, PLAN)).toEqual({
      how: 'exact',
      lines: { start: 5, end: 5 },
      quote: 'retry until it works',
      section: ['Import'],
    });
  });

  it('is found over several lines', () => {
    expect(anchor('Insert each customer;\n   retry')).toEqual(['exact', 4, 5]);
    expect(anchor('it works.\n')).toEqual(['exact', 5, 5]);
  });

  it('is taken nearest to its lines where it stands more than once', () => {
    expect(anchor('Read the file')).toEqual(['exact', 3, 3]);
    expect(anchor('Read the file', [1, 1])).toEqual(['exact', 3, 3]);
    expect(anchor('Read the file', [5, 5])).toEqual(['exact', 6, 6]);
    expect(anchor('Read the file', [80, 90])).toEqual(['exact', 6, 6]);
  });

  it.each([
    ['re-wrapped', 'Insert each customer; retry until it works.', ['folded', 4, 5]],
    ['with other space between its words', 'Insert  each\tcustomer;', ['folded', 4, 4]],
    ['with space around it', '\n  # Import  \n', ['folded', 1, 1]],
    [
      'with the gutter of the prompt',
      '4| 2. Insert each customer;\n5|    retry until it works.',
      ['folded', 4, 5],
    ],
    ['with a wide gutter', '   8| Done when', ['folded', 8, 8]],
    ['short, with a gutter', '1| # Import', ['folded', 1, 1]],
  ])('is found when white space is folded: %s', (_, quote, expected) => {
    expect(anchor(quote)).toEqual(expected);
  });

  it('is taken nearest to its lines when folded too', () => {
    expect(anchor('Read the\nfile line', [7, 7])).toEqual(['folded', 6, 6]);
  });

  it('is found in a plan with Windows line ends', () => {
    const plan = PLAN.replaceAll('\n', '\r\n');

    expect(anchor('customer;\n   retry', null, plan)).toEqual(['folded', 4, 5]);
    expect(anchor('t\n\n1', null, plan)).toEqual(['folded', 1, 3]);
  });

  it.each([
    ['is nowhere', 'retry three times'],
    ['differs by a letter', 'retry until it work,'],
    ['differs in case', 'RETRY UNTIL IT WORKS'],
    ['is longer than the plan', `${PLAN}${PLAN}`],
    ['is a gutter and nothing else', '4|'],
    ['is a sign and a space', '. ;'],
  ])('is void where it %s, whatever lines it came with', (_, quote) => {
    expect(locate({ quote, lines: { start: 5, end: 5 } }, PLAN)).toEqual({
      how: 'void',
      lines: null,
      quote,
      section: [],
    });
  });
});

const LONG = `# Plan

Preface.

## Import

The importer reads the customers file one line at a time and inserts
each customer; when an insert fails, it retries after a second.

- **Owner**: the \`billing\` team – “on call”.

## Export

The exporter writes each customer to the archive and then deletes the row.

## Tests

The importer reads an empty file.

## Tests

Nothing else.
`;

describe('a quote that is not quite right', () => {
  it.each([
    ['a word is left out', 'The importer reads customers file one line at a time', ['fuzzy', 7, 7]],
    [
      'words are changed, over several lines',
      'one line at the time and inserts each costumer',
      ['fuzzy', 7, 8],
    ],
    ['the marks are left out', 'Owner: the billing team - "on call".', ['fuzzy', 10, 10]],
    ['its letters have another case', 'the Importer reads the Customers file', ['fuzzy', 7, 7]],
  ])('is found where %s', (_, quote, expected) => {
    expect(anchor(quote, null, LONG)).toEqual(expected);
  });

  it.each([
    ['is too short to say which place it means', 'reads the customer files'.slice(0, 20)],
    ['is wrong in more than a fifth', 'The exporter reads every file of the customers at one time'],
    [
      'is as like to another place',
      'The Xporter writes each customer',
      `${LONG}\nThe 0porter writes each customer.\n`,
    ],
    ['is marks and no words', '--- --- --- --- --- --- --- ---', `${LONG}\n--- --- -+- --- --- --- ---\n`],
  ])('is void where it %s', (_, quote, plan = LONG) => {
    expect(anchor(quote, [7, 7], plan)).toBe('void');
  });

  it('is compared by its first 400 characters', () => {
    const lines = Array.from(
      { length: 12 },
      (_, at) => `Line ${at} tells of customer ${at * 7919}, who left in May.`,
    );
    const quote = lines.join('\n').replace('tells of', 'tells about');

    expect(anchor(quote, null, `# Plan\n${lines.join('\n')}\n`)).toEqual(['fuzzy', 2, 10]);
  });

  it('is the better of two places that are alike, where it is better by three edits', () => {
    const plan = 'Each customer is written to the archive.\n\nEach customer is written to the ledgers.\n';

    expect(anchor('Each customer is written to the archives', null, plan)).toEqual(['fuzzy', 1, 1]);
  });
});

describe('the section a finding names', () => {
  function named(quote: string | null, heading: string, lines: [number, number] | null = null): unknown {
    const {
      how,
      lines: found,
      section,
    } = locate({ quote, heading, lines: lines && { start: lines[0], end: lines[1] } }, LONG);
    return [how, found?.start, ...section];
  }

  it('decides where a quote stands more than once, before its lines do', () => {
    expect(named('each customer', 'Export', [8, 8])).toEqual(['exact', 14, 'Plan', 'Export']);
    expect(named('each customer', '', [13, 13])).toEqual(['exact', 14, 'Plan', 'Export']);
    expect(named('each customer', 'Nowhere', [2, 2])).toEqual(['exact', 8, 'Plan', 'Import']);
  });

  it('decides nothing where the quote stands elsewhere alone', () => {
    expect(named('retries after a second', 'Export')).toEqual(['exact', 8, 'Plan', 'Import']);
  });

  it('is all there is of a finding whose quote is nowhere', () => {
    expect(named('The exporter asks the pope', '## Export')).toEqual(['section', 12, 'Plan', 'Export']);
    expect(named('The exporter asks the pope', 'Tests')).toEqual(['void', undefined]);
    expect(named(null, 'Export')).toEqual(['none', undefined, 'Plan', 'Export']);
  });

  it('is read off the lines where there is no quote', () => {
    expect(named(null, '', [14, 14])).toEqual(['lines', 14, 'Plan', 'Export']);
  });
});

describe('lines without a quote', () => {
  it.each([
    [
      [4, 5],
      ['lines', 4, 5],
    ],
    [
      [8, 8],
      ['lines', 8, 8],
    ],
    [
      [7, 20],
      ['lines', 7, 8],
    ],
    [[9, 9], 'none'],
  ] as const)('%j are %j', ([start, end], expected) => {
    expect(anchor(null, [start, end])).toEqual(expected);
  });

  it('are no place where they are missing too', () => {
    expect(anchor(null)).toBe('none');
  });
});

describe('any slice of a plan', () => {
  it('is found exactly, within the lines it was cut from when they are given', () => {
    const offset = integer({ min: 0, max: PLAN.length });
    assert(
      property(tuple(offset, offset), ([a, b]) => {
        const quote = PLAN.slice(Math.min(a, b), Math.max(a, b));
        if (quote === '') return;
        const first = PLAN.slice(0, Math.min(a, b)).split('\n').length;

        const found = locate({ quote, lines: { start: first, end: first } }, PLAN);

        expect([found.how, found.lines?.start]).toEqual(['exact', first]);
      }),
    );
  });
});
