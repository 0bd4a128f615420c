import { assert, constantFrom, integer, property, record, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readArbitration } from '../../src/core/arbiter/read.ts';
import { ArbitrationAnswer, type StatedRuling } from '../../src/core/arbiter/schema.ts';
import { wireSchema } from '../../src/core/wire-schema.ts';
import { answer, refuted, stated } from './arbiter-cases.ts';
import { fenced } from './answers.ts';

const json = JSON.stringify;
const THREE = [stated(1), refuted(2), stated(3, { consequence: 'rework' })];

/** Which indexes an answer rules on, and why it does not rule on the others. */
function outcome(rulings: readonly unknown[], count = 3): unknown {
  const read = readArbitration(answer(rulings), { count });
  if ('problem' in read) return read;
  return {
    ruled: read.rulings.map(({ index }) => index),
    unruled: Object.fromEntries(read.unruled.map(({ index, why }) => [index, why])),
  };
}

/** The three rulings, with the second one changed. */
function withSecond(change: Record<string, unknown>): unknown {
  return outcome([stated(1), { ...stated(2), ...change }, stated(3)]);
}

describe('an arbiter’s answer', () => {
  it.each([
    ['plain', answer(THREE)],
    ['behind a byte order mark', `\ufeff${answer(THREE)}`],
    ['in a fence', fenced({ summary: 'Done.', rulings: THREE })],
    ['in another order', answer(THREE.toReversed())],
  ])('is read: %s', (_, text) => {
    expect(readArbitration(text, { count: 3 })).toEqual({
      summary: 'Done.',
      rulings: THREE,
      unruled: [],
    });
  });

  it('may write the words of a choice in other ways', () => {
    const said = { consequence: ' Wrong_Build', likelihood: 'plan silent', fix_kind: 'Design' };

    expect(readArbitration(answer([{ ...stated(1), ...said }]), { count: 1 })).toMatchObject({
      rulings: [{ consequence: 'wrong-build', likelihood: 'plan-silent', fix_kind: 'design' }],
    });
  });

  it('says why, of which cause, what it repeats, and how likely that is', () => {
    const texts = { cause: 'One copy.', same_as: 'F7', reason: 'It is lost.', likelihood_reason: 'Daily.' };

    expect(readArbitration(answer([stated(1, texts)]), { count: 1 })).toMatchObject({
      rulings: [stated(1, texts)],
    });
  });

  it('needs no texts', () => {
    const { cause: _, same_as: __, reason: ___, likelihood_reason: ____, ...facts } = stated(1);

    expect(readArbitration(answer([facts]), { count: 1 })).toMatchObject({
      rulings: [{ cause: '', same_as: '', reason: '', likelihood_reason: '' }],
    });
  });

  it.each([
    ['consequence', 'cosmetic', 'its consequence is "cosmetic"'],
    ['likelihood', 'sometimes', 'its likelihood is "sometimes"'],
    ['likelihood', undefined, 'its likelihood is missing'],
    ['fix_kind', null, 'its fix_kind is null'],
    ['real', 'false', 'its real is "false"'],
    ['real', 0, 'its real is 0'],
    ['quote_supports_claim', {}, 'its quote_supports_claim is no plain value'],
  ])('rules on nothing where a fact is unclear: %s is %j', (key, value, why) => {
    expect(withSecond({ [key]: value })).toEqual({ ruled: [1, 3], unruled: { 2: why } });
  });

  it('rules on nothing that it leaves out, names twice or cannot number', () => {
    expect(outcome([stated(1), stated(3)])).toEqual({ ruled: [1, 3], unruled: { 2: '' } });
    expect(outcome([...THREE, stated(2)])).toEqual({
      ruled: [1, 3],
      unruled: { 2: '2 rulings on the same finding' },
    });
    expect(withSecond({ index: '2' })).toEqual({ ruled: [1, 3], unruled: { 2: '' } });
  });

  it('is read past rulings on nothing that was shown', () => {
    expect(outcome([...THREE, stated(4), stated(-1), stated(1.5), { real: false }, 'no'])).toEqual({
      ruled: [1, 2, 3],
      unruled: {},
    });
  });

  it('is a problem when it numbers from 0: every ruling would be about another finding', () => {
    expect(outcome([stated(0), stated(1), stated(2)])).toEqual({
      problem: 'The rulings are numbered from 0, and the findings from 1.',
    });
  });

  it('is a problem when more than half has no ruling, and not before', () => {
    expect(outcome([stated(1), stated(2)], 4)).toEqual({ ruled: [1, 2], unruled: { 3: '', 4: '' } });
    expect(outcome([stated(1), { ...stated(2), real: 'yes' }], 4)).toEqual({
      problem: 'Of 4 findings, 3 have no ruling: 2 (its real is "yes"), 3 (missing), 4 (missing).',
    });
    expect(outcome([], 9)).toEqual({
      problem:
        'Of 9 findings, 9 have no ruling: 1 (missing), 2 (missing), 3 (missing), 4 (missing), 5 (missing), and others.',
    });
  });

  it.each([
    ['nothing', ' \n', 'The answer is empty.'],
    ['prose', 'They are all real.', 'The answer is not the JSON object that was asked for.'],
    ['an array', json(THREE), 'The answer is not the JSON object that was asked for.'],
    ['another object', json({ findings: [] }), 'The "rulings" are not an array.'],
    ['a cut', answer(THREE).slice(0, -5), 'The answer is not the JSON object that was asked for.'],
    [
      'two answers',
      `${answer(THREE)}\n${answer([])}`,
      'The answer holds several different objects of the kind that was asked for.',
    ],
  ])('is a problem when it is %s', (_, text, problem) => {
    expect(readArbitration(text, { count: 3 })).toEqual({ problem });
  });
});

describe('an arbiter’s answer that is not one plain object', () => {
  const real = [stated(1), stated(2), refuted(3)];

  it.each([
    ['among prose', `Here you are.\n${answer(real)}\nThe third is wrong.`],
    ['with a comma too many', answer(real).replace(/\}$/, ',}')],
  ])('lowers nothing, and counts for the rest: %s', (_, text) => {
    expect(readArbitration(text, { count: 3 })).toMatchObject({
      rulings: [{ index: 1 }, { index: 2 }],
      unruled: [
        {
          index: 3,
          why: 'it would lower the finding, in an answer that is not one plain JSON object',
        },
      ],
    });
  });

  it('is a problem when it would lower most of them', () => {
    const text = `Done.\n${answer([stated(1), refuted(2), refuted(3)])}`;

    expect(readArbitration(text, { count: 3 })).toHaveProperty('problem');
  });
});

describe('the schema of an arbiter’s answer', () => {
  it('takes what is read without a doubt', () => {
    const value = ArbitrationAnswer.parse({ summary: 'Done.', rulings: THREE });

    expect(readArbitration(json(value), { count: 3 })).toMatchObject({ rulings: THREE, unruled: [] });
  });

  it('requires every key and allows no other', () => {
    const text = json(wireSchema(ArbitrationAnswer));

    expect(text.match(/"additionalProperties":false/g)).toHaveLength(2);
    expect(text).not.toMatch(/"(?:anyOf|oneOf|allOf|default|minimum|maximum|const)"/);
    expect(wireSchema(ArbitrationAnswer)).toMatchObject({
      properties: { rulings: { items: { required: Object.keys(stated(1)) } } },
    });
  });
});

it('never rules on an index in two ways, nor on one that was not asked about', () => {
  const ruling = record({
    index: integer({ min: -1, max: 6 }),
    real: constantFrom<unknown[]>(true, false, 'yes', null),
    consequence: constantFrom('none', 'rework', 'lost-data', 'bad'),
  }).map((given): unknown => ({ ...stated(1), ...given }));
  assert(
    property(tuple(ruling, ruling, ruling, ruling), (rulings) => {
      const read = readArbitration(answer(rulings), { count: 4 });
      if ('problem' in read) return;
      const indexes = [...read.rulings, ...read.unruled].map(({ index }) => index);

      expect(indexes).toHaveLength(4);
      expect(new Set(indexes)).toEqual(new Set([1, 2, 3, 4]));
      expect(read.rulings.every((known: StatedRuling) => typeof known.real === 'boolean')).toBe(true);
    }),
    { seed: 4, numRuns: 300 },
  );
});
