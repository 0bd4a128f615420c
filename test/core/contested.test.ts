import { describe, expect, it } from 'vitest';
import { isFrozen } from '../../src/core/contested/fix-record.ts';
import { apart, isSame, normalised } from '../../src/core/contested/similarity.ts';
import { takesBack } from '../../src/core/contested/takes-back.ts';
import { plan, said, script } from './fix-script.ts';

const A = plan('When Redis does not answer, refuse the request.');
const B = plan('When Redis does not answer, let the request pass and count it later.');
const C = plan('Without Redis, requests are put into a queue of at most a hundred.');

describe('fixes contest each other', () => {
  it('when one reverses another', () => {
    expect(said(A, [B, 'F1'], [A, 'F2'])).toEqual([[], ['reverses F1 F2']]);
  });

  it('when the plan returns to an earlier text', () => {
    expect(said(A, [B, 'F1'], [C, 'F2'], [A, 'F3'])).toEqual([[], [], ['returns F1 F2 F3']]);
  });

  it('when a line returns, whatever became of the rest', () => {
    const changed = (text: string): string => text.replace('nobody touches', 'somebody touched');

    expect(said(A, [B, 'F1'], [C, 'F2'], [changed(A), 'F3'])[2]).toEqual(['returns F1 F2 F3']);
  });

  it('when one reverses another, whatever else is done to the steps beside it', () => {
    const steps = (one: string, two: string, three: string): string => `# Plan\n\n${one}\n${two}\n${three}\n`;
    const [a, b] = ['Refuse what comes while Redis is silent.', 'Let what comes pass, and count it later.'];
    const [c, d] = ['Wait for ten seconds at the most.', 'The timeout is read from the settings.'];
    const [e, f] = ['Then tell the operators.', 'Nobody is told of it before the morning.'];

    expect(said(steps(a, c, e), [steps(b, c, e), 'F1'], [steps(a, d, e), 'F2'])[1]).toEqual([
      'reverses F1 F2',
    ]);
    expect(said(steps(a, c, e), [steps(b, d, e), 'F1'], [steps(b, c, f), 'F2'])[1]).toEqual([
      'reverses F1 F2',
    ]);
    expect(said(steps(a, c, e), [steps(b, d, e), 'F1'], [steps(b, d, f), 'F2'])[1]).toEqual([]);
  });

  it('when one puts back what another one deleted, or deletes what it put in', () => {
    const without = A.replace(/When.*\n/, '');

    expect(said(A, [without, 'F1'], [A, 'F2'])[1]).toEqual(['reverses F1 F2']);
    expect(said(without, [A, 'F1'], [without, 'F2'])[1]).toEqual(['reverses F1 F2']);
  });

  it('when one reverses another in nearly the same words, and at lines that moved', () => {
    const nearly = plan('When Redis does not answer, refuse that request.', 'A new line.\n\n');

    expect(
      said(A, [B, 'F1'], [plan(C.split('\n')[4] ?? '', 'A new line.\n\n'), 'F2'], [nearly, 'F3'])[2],
    ).toEqual(['returns F1 F2 F3']);
    expect(said(A, [B, 'F1'], [nearly, 'F2'])[1]).toEqual(['reverses F1 F2']);
  });

  it('when a block is edited in a third round, for a third finding', () => {
    const lines = ['one', 'one two', 'one two three four', 'five six seven eight nine'].map((line) =>
      plan(line),
    );
    const [first = '', second = '', third = '', fourth = ''] = lines;

    expect(said(first, [second, 'F1'], [third, 'F2'], [fourth, 'F3'])).toEqual([
      [],
      [],
      ['ping-pong F1 F2 F3'],
    ]);
    expect(said(first, [second, 'F1'], [third, 'F2'], [fourth, 'F1'])).toEqual([[], [], []]); // F1 is tried again
  });

  it('with both sides verbatim, and their places', () => {
    const [, found] = script(A, [B, 'F1'], [A, 'F2']);

    expect(found).toEqual([
      {
        why: 'reverses',
        findings: ['F1', 'F2'],
        lines: [{ start: 5, end: 5 }],
        arguments: [
          {
            round: 1,
            findings: ['F1'],
            removed: 'When Redis does not answer, refuse the request.',
            added: 'When Redis does not answer, let the request pass and count it later.',
            lines: { start: 5, end: 5 },
          },
          {
            round: 2,
            findings: ['F2'],
            removed: 'When Redis does not answer, let the request pass and count it later.',
            added: 'When Redis does not answer, refuse the request.',
            lines: { start: 5, end: 5 },
          },
        ],
      },
    ]);
  });

  it('as one decision, where several places are reversed together', () => {
    const two = (text: string): string => `${text}\n${text.replaceAll('Redis', 'Postgres')}`;

    const [, found] = script(two(A), [two(B), 'F1'], [two(A), 'F2']);

    expect(found).toMatchObject([{ why: 'reverses', lines: [{ start: 5 }, { start: 13 }] }]);
    expect(found?.[0]?.arguments).toHaveLength(4);
  });
});

describe('fixes do not contest each other', () => {
  it('when a paragraph is wrapped otherwise, and comes to have a line that it had', () => {
    const [first, second, third] = [
      'The import reads one file at a time and\n  holds no more than that in memory.\n',
      'The import reads one file, or several, at a time\n  and holds no more than these in memory.\n',
      'Whoever starts the import names its files; it\n  holds no more than that in memory.\n',
    ] as const;

    expect(said(first, [second, 'F1'], [third, 'F2'])[1]).toEqual([]);
  });

  it('when only white space changes, to and fro', () => {
    const wrapped = A.replace('answer, ', 'answer,\n');

    expect(said(A, [wrapped, 'F1'], [A, 'F2'], [wrapped, 'F3'])).toEqual([[], [], []]);
    expect(said(A, [B, 'F1'], [B.replace('answer, ', 'answer,\n'), 'F2'])).toEqual([[], []]);
  });

  it('when two small edits are made in one long line', () => {
    const long = `${'The counter is kept for each caller. '.repeat(8)}It holds.`;
    const [one, two] = [
      long.replace('is kept', 'is stored'),
      long.replace('is kept', 'is stored').replace('It holds', 'All is held'),
    ];

    expect(said(plan(long), [plan(one), 'F1'], [plan(two), 'F2'])).toEqual([[], []]);
  });

  it('when one finding is tried three times', () => {
    const lines = ['one', 'one two', 'one two three four', 'five six seven eight nine'].map((line) =>
      plan(line),
    );
    const [first = '', ...tries] = lines;

    expect(said(first, ...tries.map((text): [string, string] => [text, 'F1']))).toEqual([[], [], []]);
  });

  it('when two fixes put short lines to opposite uses at two places', () => {
    const table = (a: string, b: string): string => `${a}\nb\nc\nd\ne\n${b}\n`;

    expect(said(table('yes', 'no'), [table('no', 'no'), 'F1'], [table('no', 'yes'), 'F2'])).toEqual([[], []]);
  });

  it('when a third fix stands beside a block', () => {
    expect(said('a\nb\n', ['a1\nb\n', 'F1'], ['a2 a2\nb\n', 'F2'], ['a2 a2\nx\nb\n', 'F3'])).toEqual([
      [],
      [],
      [],
    ]);
  });
});

it('what is in a frozen block is frozen, and what is beside it is not', () => {
  const frozen = [{ start: 4, end: 6 }];

  expect(isFrozen({ start: 6, end: 9 }, frozen)).toBe(true);
  expect(isFrozen({ start: 5, end: 4 }, frozen)).toBe(true);
  expect(isFrozen({ start: 7, end: 6 }, frozen)).toBe(false);
  expect(isFrozen({ start: 7, end: 8 }, frozen)).toBe(false);
});

describe('two texts', () => {
  it.each([
    ['', '', 0],
    ['abc', 'abc', 0],
    ['kitten', 'sitting', 3],
    ['abc', '', 3],
    ['flaw', 'lawn', 2],
  ])('%j and %j are %d characters apart', (a, b, distance) => {
    expect(apart(a, b, 10)).toBe(distance);
    expect(apart(b, a, distance)).toBe(distance);
  });

  it.each([
    ['kitten', 'sitting', 2],
    ['abc', '', 1],
    ['flaw', 'lawn', 1],
    ['abcdef', 'ghijkl', 3],
  ])('%j and %j are more than %d characters apart', (a, b, most) => {
    expect(apart(a, b, most)).toBeGreaterThan(most);
  });

  it('are the same up to a tenth of their characters', () => {
    expect(isSame('a'.repeat(100), `${'a'.repeat(90)}${'b'.repeat(10)}`)).toBe(true);
    expect(isSame('a'.repeat(100), `${'a'.repeat(89)}${'b'.repeat(11)}`)).toBe(false);
  });

  it('are compared by their words where they are long', () => {
    const long = Array.from({ length: 2000 }, (_, n) => `word${n}`).join(' ');

    expect(isSame(`x ${long} x`, `y ${long} y`)).toBe(true);
    expect(isSame(`x ${long}`, `y ${long.replaceAll('w', 'v')} y`)).toBe(false);
  });

  it('are normalised in white space and composition alone', () => {
    expect(normalised('  A\r\n\tbe\u0301 ')).toBe('A b\u00e9');
  });
});

describe('a finding takes a fix back', () => {
  const records = [
    {
      round: 1,
      findings: ['F1'],
      removed: '',
      added: 'Retry at most three times.',
      lines: { start: 4, end: 4 },
    },
  ];
  const asks = 'Remove "at most three times" again.';

  it('when it asks to remove what a recent fix put in', () => {
    expect(takesBack({ kind: 'scope', recommendation: asks }, records, 2)).toBe(records[0]);
    expect(takesBack({ kind: 'scope', recommendation: 'Drop `at most  three times`.' }, records, 3)).toBe(
      records[0],
    );
  });

  it('not when the fix only moved it from one step to the next', () => {
    const [before, after] = ['1. Stop, and call the engineer.', '2. Go on.'];
    const fix = { round: 1, findings: ['F1'] };
    const moved = [
      { ...fix, removed: before, added: '1. Stop.', lines: { start: 4, end: 4 } },
      { ...fix, removed: after, added: '2. Go on, and call the engineer.', lines: { start: 5, end: 5 } },
    ];

    expect(
      takesBack({ kind: 'scope', recommendation: 'Drop "and call the engineer".' }, moved, 2),
    ).toBeNull();
  });

  it.each<[string, Parameters<typeof takesBack>[0], number]>([
    ['it is long ago', { kind: 'scope', recommendation: asks }, 4],
    ['it claims a fact', { kind: 'wrong-fact', recommendation: asks }, 2],
    ['it asks for more', { kind: 'scope', recommendation: 'Say why "at most three times".' }, 2],
    ['it quotes something else', { kind: 'scope', recommendation: 'Remove "the whole of it".' }, 2],
  ])('not when %s', (_, finding, round) => {
    expect(takesBack(finding, records, round)).toBeNull();
  });
});
