import {
  anything,
  array,
  assert,
  constantFrom,
  integer,
  jsonValue,
  property,
  record,
  string,
} from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readVerification } from '../../src/core/verify/read.ts';
import { VERDICTS, VerificationAnswer } from '../../src/core/verify/schema.ts';
import { closes } from '../../src/core/verify/two-keys.ts';
import { wireSchema } from '../../src/core/wire-schema.ts';
import { fenced, FINDING } from './answers.ts';
import { answer, check } from './verify-cases.ts';

const json = JSON.stringify;
const IDS = ['F1', 'F2'];
const BOTH = [check('F1'), check('F2', { verdict: 'not_fixed', makes_instance_impossible: false })];

/** What is read of F1, with this said of it. */
function readOf(...checks: readonly unknown[]): unknown {
  const read = readVerification(answer([...checks, check('F2')]), { ids: IDS });
  return 'problem' in read ? read : read.checks[0];
}

/** The ids that an answer closes, with every block changed. */
function closedBy(text: string, ids: readonly string[] = IDS): string[] {
  const read = readVerification(text, { ids });
  return 'problem' in read ? [] : read.checks.filter((known) => closes(known, true)).map(({ id }) => id);
}

describe('a verifier’s answer', () => {
  it.each([
    ['plain', answer(BOTH), 'json'],
    ['behind a byte order mark', `\ufeff${answer(BOTH)}`, 'json'],
    ['in a fence', fenced({ summary: 'Done.', checks: BOTH, findings: [] }), 'fence'],
    ['in another order', answer(BOTH.toReversed()), 'json'],
    ['without findings', json({ summary: 'Done.', checks: BOTH }), 'json'],
  ])('is read: %s', (_, text, rung) => {
    expect(readVerification(text, { ids: IDS })).toEqual({
      rung,
      summary: 'Done.',
      checks: BOTH,
      findings: [],
    });
  });

  it.each([
    ['not_fixed', 'not_fixed'],
    ['not-fixed', 'not_fixed'],
    ['Not Fixed', 'not_fixed'],
    [' FIXED\n', 'fixed'],
    ['cannot-tell', 'cannot_tell'],
    ['Cannot tell', 'cannot_tell'],
  ])('may write a verdict in other ways: %j', (said, verdict) => {
    expect(readOf(check('F1', { verdict: said as 'fixed' }))).toMatchObject({ verdict, why: 'Why of F1.' });
  });

  it.each([
    ['mended', 'the verdict is "mended": Why of F1.'],
    ['partially fixed', 'the verdict is "partially fixed": Why of F1.'],
    [true, 'the verdict is true: Why of F1.'],
    [undefined, 'the verdict is missing: Why of F1.'],
  ])('leaves a finding open where the verdict is none: %j', (verdict, why) => {
    expect(readOf({ ...check('F1'), verdict })).toEqual({
      id: 'F1',
      verdict: 'cannot_tell',
      makes_instance_impossible: false,
      why,
    });
  });

  it.each([
    ['true', '"true"'],
    [1, '1'],
    [null, 'null'],
    [undefined, 'missing'],
  ])('closes nothing by a flag that is %j, and says so', (flag, said) => {
    expect(readOf({ ...check('F1'), makes_instance_impossible: flag })).toEqual({
      id: 'F1',
      verdict: 'fixed',
      makes_instance_impossible: false,
      why: `makes_instance_impossible is ${said}: Why of F1.`,
    });
  });

  it('leaves open what it does not mention', () => {
    expect(readOf()).toEqual({
      id: 'F1',
      verdict: 'omitted',
      makes_instance_impossible: false,
      why: 'the verifier does not mention it',
    });
  });

  it('leaves open what it contradicts itself about', () => {
    expect(readOf(check('F1'), check('F1', { verdict: 'not_fixed', why: 'It still can.' }))).toEqual({
      id: 'F1',
      verdict: 'cannot_tell',
      makes_instance_impossible: false,
      why: 'the verifier contradicts itself: fixed (Why of F1.), not_fixed (It still can.)',
    });
    expect(readOf(check('F1'), check('f1', { makes_instance_impossible: false }))).toMatchObject({
      verdict: 'fixed',
      makes_instance_impossible: false,
    });
    expect(readOf(check('F1'), check('F1'))).toEqual(check('F1'));
  });

  it('is read past checks of nothing that was asked about', () => {
    const read = readVerification(answer([...BOTH, check('F9'), check(''), 'F1 is fixed']), { ids: IDS });

    expect(read).toMatchObject({ checks: BOTH });
  });

  it('raises what it noticed beside its checks', () => {
    expect(readVerification(answer(BOTH, [FINDING]), { ids: IDS })).toMatchObject({
      findings: [{ title: FINDING.title, lines: { start: 6, end: 7 } }],
    });
  });

  it.each([
    ['nothing', '\n', 'The answer is empty.'],
    ['prose', 'All of them are fixed.', 'The answer is not the JSON object that was asked for.'],
    ['a review', json({ verdict: 'approve', findings: [] }), 'The "checks" are not an array.'],
    ['wrong in its findings', json({ checks: BOTH, findings: {} }), 'The "findings" are not an array.'],
    ['a cut', answer(BOTH).slice(0, -3), 'The answer is not the JSON object that was asked for.'],
    ['silent', answer([]), 'The answer checks none of the findings.'],
    [
      'two answers',
      `${answer(BOTH)}\n${answer([check('F1')])}`,
      'The answer holds several different objects of the kind that was asked for.',
    ],
  ])('is a problem when it is %s', (_, text, problem) => {
    expect(readVerification(text, { ids: IDS })).toEqual({ problem });
  });

  it('may be about the change alone', () => {
    expect(readVerification(answer([]), { ids: [] })).toMatchObject({ checks: [], findings: [] });
  });
});

describe('a verifier’s answer that is not one plain object', () => {
  it.each([
    ['among prose', `Done.\n${answer(BOTH, [FINDING])}`, 'cut'],
    ['with a comma too many', answer(BOTH, [FINDING]).replace(/\}$/, ',}'), 'repaired'],
  ])('closes nothing, and counts for the rest: %s', (_, text, rung) => {
    expect(readVerification(text, { ids: IDS })).toMatchObject({
      rung,
      checks: [
        {
          id: 'F1',
          verdict: 'cannot_tell',
          makes_instance_impossible: false,
          why: 'the verifier says fixed, in an answer that is not one plain JSON object: Why of F1.',
        },
        { id: 'F2', verdict: 'not_fixed' },
      ],
      findings: [{ title: FINDING.title }],
    });
  });

  it('is a problem when it would only close, or says nothing at all', () => {
    const problem =
      'The answer is not one plain JSON object, so it cannot close a finding, and it says nothing else.';

    expect(readVerification(`Done.\n${answer([check('F1')])}`, { ids: ['F1'] })).toEqual({ problem });
    expect(readVerification(`Done.\n${answer([])}`, { ids: [] })).toEqual({ problem });
  });
});

describe('an answer nobody can rely on', () => {
  it('closes nothing: any text', () => {
    assert(
      property(string({ unit: 'binary' }), (text) => {
        expect(closedBy(text)).toEqual([]);
      }),
      { seed: 9, numRuns: 300 },
    );
  });

  it('closes nothing: a good one, wherever it was cut off', () => {
    const text = answer([check('F1'), check('F2')]);
    assert(
      property(integer({ min: 0, max: text.length - 1 }), (length) => {
        expect(closedBy(text.slice(0, length))).toEqual([]);
      }),
      { seed: 10, numRuns: text.length },
    );
  });

  it('closes nothing: any other JSON in place of the checks', () => {
    assert(
      property(array(jsonValue(), { maxLength: 4 }), (checks) => {
        expect(closedBy(answer(checks))).toEqual([]);
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  it('closes only what it calls fixed and impossible, once and for all', () => {
    const checks = array(
      record({
        id: constantFrom('F1', 'F2', 'F3'),
        verdict: constantFrom<unknown[]>(...VERDICTS, 'done', null),
        makes_instance_impossible: constantFrom<unknown[]>(true, false, 'true'),
        why: anything(),
      }),
      { maxLength: 5 },
    );
    assert(
      property(checks, (given) => {
        const allClose = (id: string): boolean => {
          const about = given.filter((known) => known.id === id);
          return (
            about.length > 0 &&
            about.every((known) => known.verdict === 'fixed' && known.makes_instance_impossible === true)
          );
        };
        const safe = given.map(({ why: _, ...rest }) => rest);

        expect(closedBy(answer(safe))).toEqual(IDS.filter(allClose));
      }),
      { seed: 12, numRuns: 500 },
    );
  });
});

describe('the schema of a verifier’s answer', () => {
  it('takes what is read without a doubt', () => {
    const value = VerificationAnswer.parse({ summary: 'Done.', checks: BOTH, findings: [] });

    expect(readVerification(json(value), { ids: IDS })).toMatchObject({ checks: BOTH });
  });

  it('requires every key and allows no other', () => {
    const text = json(wireSchema(VerificationAnswer));

    expect(text.match(/"additionalProperties":false/g)).toHaveLength(3);
    expect(text).not.toMatch(/"(?:anyOf|oneOf|allOf|default|minimum|maximum|const)"/);
    expect(wireSchema(VerificationAnswer)).toMatchObject({
      properties: { checks: { items: { required: Object.keys(check('F1')) } } },
    });
  });
});
