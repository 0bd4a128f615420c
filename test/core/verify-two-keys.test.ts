import { array, assert, boolean, constantFrom, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hunksBetween } from '../../src/core/ledger/hunks.ts';
import type { Span } from '../../src/core/ledger/line-map.ts';
import { readVerification } from '../../src/core/verify/read.ts';
import { VERDICTS } from '../../src/core/verify/schema.ts';
import { changedBlocks, checked, closes } from '../../src/core/verify/two-keys.ts';
import { answer, check } from './verify-cases.ts';

describe('a finding is closed', () => {
  it.each(
    [...VERDICTS, 'omitted' as const].flatMap((verdict) =>
      [true, false].flatMap((impossible) =>
        [true, false].map((changed) => ({ verdict, impossible, changed })),
      ),
    ),
  )(
    'by two keys alone: $verdict, impossible $impossible, changed $changed',
    ({ verdict, impossible, changed }) => {
      const stated = check('F1', { verdict, makes_instance_impossible: impossible });

      expect(closes(stated, changed)).toBe(verdict === 'fixed' && impossible && changed);
      expect(checked(stated, { changed })).toMatchObject({
        closed: closes(stated, changed),
        verdict,
        changed,
      });
    },
  );

  it('with the verifier’s own reason', () => {
    expect(checked(check('F1'), { changed: true })).toEqual({
      id: 'F1',
      closed: true,
      verdict: 'fixed',
      changed: true,
      why: 'Why of F1.',
    });
  });

  it('not where the same answer raises it again', () => {
    expect(checked(check('F1'), { changed: true, raisedAgain: true })).toMatchObject({
      closed: false,
      why: 'fixed, but the same answer raises it again: Why of F1.',
    });
  });

  it('not without an edit, and it says so', () => {
    expect(checked(check('F1'), { changed: false }).why).toBe('fixed, but no edit: Why of F1.');
    expect(checked(check('F1', { makes_instance_impossible: false, why: '' }), { changed: false }).why).toBe(
      'fixed, but no edit, the failure stays possible: no reason given',
    );
  });
});

const BEFORE = ['# Title', '', 'Alpha one.', 'Alpha two.', '', 'Beta.', '', '', 'Gamma.', ''].join('\n');
const ALPHA = { start: 3, end: 4 };
const BETA = { start: 6, end: 6 };
const GAMMA = { start: 9, end: 9 };
const BLOCKS: readonly Span[] = [ALPHA, BETA, GAMMA];

function changed(after: string, before = BEFORE): Span[] {
  return changedBlocks(BLOCKS, { before, after, hunks: hunksBetween(before, after) });
}

describe('the bytes of a block changed', () => {
  it.each([
    ['nothing', BEFORE, []],
    ['a line of it', BEFORE.replace('two', '2'), [ALPHA]],
    ['all of it', BEFORE.replace('Beta.', 'Delta.\nEpsilon.'), [BETA]],
    ['it was deleted', BEFORE.replace('Beta.\n\n', ''), [BETA]],
    ['two of them', BEFORE.replace('one', '1').replace('Gamma', 'gamma'), [ALPHA, GAMMA]],
    ['the title above', BEFORE.replace('Title', 'Name'), []],
    ['a line was put into it', BEFORE.replace('one.\n', 'one.\nAlpha more.\n'), [ALPHA]],
    ['a line was put right below it', BEFORE.replace('two.\n', 'two.\nAlpha three.\n'), [ALPHA]],
    ['a line was put right above it', BEFORE.replace('Beta.', 'Before.\nBeta.'), [BETA]],
    ['a paragraph was put between two', BEFORE.replace('Beta.', 'New.\n\nBeta.'), [ALPHA, BETA]],
    ['a paragraph was put at the end', `${BEFORE}\nNew.\n`, [GAMMA]],
    ['a blank line came', BEFORE.replace('Beta.\n', 'Beta.\n\n'), []],
    ['a blank line became text', BEFORE.replace('two.\n\n', 'two.\nAnd so on.\n'), [ALPHA, BETA]],
    ['the lines above it were moved down', `Preface.\n\n${BEFORE}`, []],
  ])('when %s', (_, after, expected) => {
    expect(changed(after)).toEqual(expected);
  });

  it('as well where lines end in CRLF', () => {
    const before = BEFORE.replaceAll('\n', '\r\n');

    expect(changed(before.replace('two', '2'), before)).toEqual([ALPHA]);
    expect(changed(`${before}\r\nNew.\r\n`, before)).toEqual([GAMMA]);
  });

  it('where the texts are too different to compare, unless it is there word for word', () => {
    const after = 'Other.\n\nAlpha one.\nAlpha two.\nBeta. And more.\nGamma.';

    expect(changedBlocks(BLOCKS, { before: BEFORE, after, hunks: null })).toEqual([BETA]);
  });
});

describe('whatever a verifier says', () => {
  it('closes nothing when no byte was touched', () => {
    assert(
      property(
        array(constantFrom('Alpha.', 'Beta.', '', '- item'), { minLength: 1, maxLength: 12 }),
        integer({ min: 1, max: 5 }),
        boolean(),
        (lines, count, isRaised) => {
          const plan = lines.join('\n');
          const blocks = lines.map((_, at) => ({ start: at + 1, end: at + 1 }));
          const touched = changedBlocks(blocks, {
            before: plan,
            after: plan,
            hunks: hunksBetween(plan, plan),
          });
          const ids = Array.from({ length: count }, (_, at) => `F${at + 1}`);
          const read = readVerification(answer(ids.map((id) => check(id))), { ids });
          const all = 'problem' in read ? [] : read.checks;

          expect(all).toHaveLength(count);
          expect(
            all.filter(
              (stated) => checked(stated, { changed: touched.length > 0, raisedAgain: isRaised }).closed,
            ),
          ).toEqual([]);
        },
      ),
      { seed: 13, numRuns: 200 },
    );
  });

  it('finds a block changed wherever one of its lines is', () => {
    assert(
      property(integer({ min: 1, max: 8 }), integer({ min: 0, max: 7 }), (size, at) => {
        const lines = Array.from({ length: size }, (_, index) => `line ${index}`);
        const before = lines.join('\n');
        const after = lines.with(at % size, 'changed').join('\n');
        const blocks = lines.map((_, index) => ({ start: index + 1, end: index + 1 }));

        expect(changedBlocks(blocks, { before, after, hunks: hunksBetween(before, after) })).toEqual([
          blocks[at % size],
        ]);
      }),
      { seed: 14, numRuns: 200 },
    );
  });
});
