import { describe, expect, it } from 'vitest';
import { contested } from '../../src/core/contested/contested.ts';
import { FixRecords } from '../../src/core/contested/fix-records.ts';
import { plan, said, script } from './fix-script.ts';

/* Which fixes contest each other, by where they stand, how long they are, and what lies between them. */

const SEVEN = [
  'First of all.',
  'Then this.',
  'yes',
  'Next comes that.',
  'After it, rest.',
  'Go on.',
  'The end.',
];

/** Steps, each a block of its own, with some of them replaced. */
function steps(replaced: Readonly<Record<number, string>> = {}): string {
  return SEVEN.map((step, index) => `${replaced[index + 1] ?? step}\n`).join('');
}

/** Steps that say at one place what a fix then says at another. */
function between(place: number, one: string, other: string): string[][] {
  const first = steps({ 3: one, [place]: other });
  const second = steps({ 3: other, [place]: other });
  return said(first, [second, 'F1'], [steps({ 3: other, [place]: one }), 'F2']);
}

const A = 'When Redis does not answer, refuse the request.';
const B = 'Without Redis, let whoever asks pass and count it later.';
const C = 'Put requests into a queue of at most a hundred.';
const D = 'Tell the operators, and wait for their word.';

describe('a fix reverses another', () => {
  it.each([
    [1, []],
    [2, ['reverses F1 F2']],
    [4, ['reverses F1 F2']],
    [5, []],
  ])('in few words only beside it: step 3 and step %d', (place, contests) => {
    expect(between(place, 'yes', 'no')[1]).toEqual(contests);
  });

  it('in few words at its own place', () => {
    expect(said(steps(), [steps({ 3: 'no' }), 'F1'], [steps({ 6: 'Stop.' }), 'F2'])[1]).toEqual([
      'reverses F1 F2',
    ]);
  });

  it.each([
    ['twenty-four characters', 'Refuse it without delay.', ['reverses F1 F2']],
    ['fewer', 'Refuse it without waiting'.slice(0, 23), []],
  ])('of %s anywhere', (_, text, contests) => {
    expect(between(7, text, 'Pass it.')[1]).toEqual(contests);
  });

  it('when it puts in far below what the other took out', () => {
    const gone = steps({ 3: A }).replace(`${A}\n`, '');

    expect(said(steps({ 3: A }), [gone, 'F1'], [`${gone}${A}\n`, 'F2'])[1]).toEqual(['reverses F1 F2']);
  });

  /** Two steps are changed in two fixes, and a third puts both back. */
  const now = [
    steps({ 1: A, 7: C }),
    steps({ 1: B, 7: C }),
    steps({ 1: B, 7: D }),
    steps({ 1: A, 7: C }),
  ] as const;

  it('as one decision for each other side', () => {
    expect(said(now[0], [now[1], 'F1'], [now[2], 'F2'], [now[3], 'F3'])[2]).toEqual([
      'reverses F1 F3',
      'reverses F2 F3',
    ]);
  });

  it('with all that was said, oldest first, where the other side had two fixes', () => {
    const contests = script(now[0], [now[1], 'F1'], [now[2], 'F1'], [now[3], 'F2'])[2];

    expect(contests).toHaveLength(1);
    expect(contests?.[0]?.lines.map(({ start }) => start)).toEqual([1, 7]);
    expect(contests?.[0]?.arguments.map(({ round, lines }) => [round, lines.start])).toEqual([
      [1, 1],
      [2, 7],
      [3, 1],
      [3, 7],
    ]);
  });
});

describe('a place returns to an earlier text', () => {
  it('against the fix that changed it and those at the place since, and no others', () => {
    const now = [
      steps({ 3: D }),
      steps({ 3: A }),
      steps({ 3: B }),
      steps({ 3: B, 7: 'Stop.' }),
      steps({ 3: C, 7: 'Stop.' }),
      steps({ 1: 'Before all.', 3: A, 7: 'Stop.' }),
    ];
    const [first = '', ...rest] = now;

    const found = said(first, ...rest.map((text, index): [string, string] => [text, `F${index + 1}`]));

    expect(found[4]).toEqual(['returns F2 F4 F5']);
  });

  it('whatever else the fix that changed it did beside it', () => {
    const now = [
      steps({ 3: A, 4: D }),
      steps({ 3: B, 4: 'Somebody is told of it.' }),
      steps({ 3: C, 4: 'Somebody is told of it.' }),
      steps({ 3: A, 4: 'Somebody is told of it.' }),
    ] as const;

    const contests = script(now[0], [now[1], 'F1'], [now[2], 'F2'], [now[3], 'F3'])[2];

    expect(contests?.[0]?.arguments.map(({ round, lines }) => [round, lines.start])).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
  });

  it('not when a line is deleted beside one that a fix put in', () => {
    const inserted = steps().replace('yes\n', `yes\n${A}\n`);

    expect(said(steps(), [inserted, 'F1'], [inserted.replace('Next comes that.\n', ''), 'F2'])).toEqual([
      [],
      [],
    ]);
  });
});

describe('the whole plan returns to an earlier text', () => {
  /** A paragraph of two lines. */
  const paragraph = (one: string, two: string, title = 'Import'): string =>
    `# ${title}\n\n${one}\n  ${two}\n`;

  it('against every fix since, though none of its places alone says what it said', () => {
    const found = said(
      paragraph(A, C),
      [paragraph(B, C), 'F1'],
      [paragraph(B, D), 'F2'],
      [paragraph(A, C), 'F3'],
    );

    expect(found).toEqual([[], [], ['returns F1 F2 F3']]);
  });

  it('and not against the fixes that led to it', () => {
    const found = said(
      paragraph(A, C, 'The import'),
      [paragraph(A, C), 'F1'],
      [paragraph(B, C), 'F2'],
      [paragraph(B, D), 'F3'],
      [paragraph(A, C), 'F4'],
    );

    expect(found[3]).toEqual(['returns F2 F3 F4']);
  });
});

it('the first fix of a run contests nothing', () => {
  const record = { round: 1, findings: ['F1'], removed: A, added: B, lines: { start: 1, end: 1 } };
  const nothing = { records: FixRecords.none, states: [] };

  expect(contested(nothing, { records: [record], state: B }, [{ start: 1, end: 1 }])).toEqual([]);
});

describe('a fix that only wraps text', () => {
  const [wrapped, otherwise] = [
    'Let what comes pass\nand count it.\n',
    'Let what comes\npass and count it.\n',
  ] as const;

  it('contests nothing, across blocks, to and fro', () => {
    expect(said(wrapped, [otherwise, 'F1'], [wrapped, 'F2'], [otherwise, 'F3'])).toEqual([[], [], []]);
  });

  it('is none of three fixes of one block', () => {
    const paragraph = (one: string, two: string, last = 'More of it.'): string =>
      `${one}\n  ${two}\n\n${last}\n`;
    const [a, b, c] = [paragraph('One, two', 'three'), paragraph('One,', 'two three'), paragraph(A, 'three')];
    const [d, e] = [
      paragraph(B, 'seven eight'),
      paragraph('Without Redis,', `${B.slice(15)} seven eight`, 'Less.'),
    ];

    expect(said(a, [b, 'F1'], [c, 'F2'], [d, 'F3'])[2]).toEqual([]);
    expect(said(b, [c, 'F1'], [d, 'F2'], [e, 'F3'])[2]).toEqual([]);
  });
});

describe('one block is edited to and fro', () => {
  it('in three rounds, and not for three findings in two', () => {
    expect(said(plan(A), [plan(B), 'F1', 'F2'], [plan(C), 'F3'])).toEqual([[], []]);
    expect(said(plan(A), [plan(B), 'F1', 'F2'], [plan(C), 'F3'], [plan(D), 'F3'])[2]).toEqual([
      'ping-pong F1 F2 F3',
    ]);
  });
});
