import { describe, expect, it } from 'vitest';
import { changesBetween, meet } from '../../src/core/changes.ts';
import { appliedRecords } from '../../src/core/contested/fix-record.ts';
import type { Anchor } from '../../src/core/finding.ts';
import { outlineOf } from '../../src/core/ledger/blocks.ts';
import type { Span } from '../../src/core/ledger/line-map.ts';
import { VERDICTS } from '../../src/core/verify/schema.ts';
import { isChanged } from '../../src/core/verify/scope.ts';
import { checked, closes } from '../../src/core/verify/two-keys.ts';
import { finding, runOf, started } from './facts.ts';
import { applied, fitting } from './rounds.ts';
import { check } from './verify-cases.ts';

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

/** The blocks of a plan in which a fix changed bytes; `named` are the lines it says it was for, where it says so. */
function changedBy(
  after: string,
  given: { before?: string; mode?: 'patch' | 'in-place'; named?: Span } = {},
) {
  const { before = BEFORE, mode = 'in-place', named } = given;
  const outline = outlineOf(after);
  const changes = appliedRecords(1, changesBetween(before, after, []), outline.blocks);
  const fact = applied(1, ['F1'], {
    changes: changes.map(({ removed, added, lines }) => ({
      removed,
      added,
      lines: { ...lines },
      findings: named && meet(named, lines) ? ['F1'] : [],
    })),
  });
  const run = runOf([started({ edit_mode: mode }), ...fitting(1), fact]);
  return outline.blocks
    .filter(({ start, end }) => {
      const anchor: Anchor = { how: 'lines', lines: { start, end }, quote: null, section: [] };
      const entry = run.ledger.get('F1');
      return entry && isChanged({ ...entry, finding: finding('F1', { anchor }) }, run, outline);
    })
    .map(({ start, end }) =>
      after
        .split('\n')
        .slice(start - 1, end)
        .join(' ')
        .trim(),
    );
}

const BEFORE = ['# Title', '', 'Alpha one.', 'Alpha two.', '', 'Beta.', '', '', 'Gamma.', ''].join('\n');

describe('the bytes of a block changed', () => {
  it.each([
    ['nothing', BEFORE, []],
    ['a line of it', BEFORE.replace('two', '2'), ['Alpha one. Alpha 2.']],
    ['all of it', BEFORE.replace('Beta.', 'Delta.\nEpsilon.'), ['Delta. Epsilon.']],
    ['two of them', BEFORE.replace('one', '1').replace('Gamma', 'gamma'), ['Alpha 1. Alpha two.', 'gamma.']],
    ['the title above', BEFORE.replace('Title', 'Name'), ['# Name']],
    [
      'a line was put into it',
      BEFORE.replace('one.\n', 'one.\nAlpha more.\n'),
      ['Alpha one. Alpha more. Alpha two.'],
    ],
    [
      'a line was put right below it',
      BEFORE.replace('two.\n', 'two.\nMore.\n'),
      ['Alpha one. Alpha two. More.'],
    ],
    ['a line was put right above it', BEFORE.replace('Beta.', 'Before.\nBeta.'), ['Before. Beta.']],
    ['a paragraph was put between two: that one', BEFORE.replace('Beta.', 'New.\n\nBeta.'), ['New.']],
    ['a line of it was deleted', BEFORE.replace('Alpha two.\n', ''), ['Alpha one.']],
    ['the paragraph right above it was deleted', BEFORE.replace('Beta.\n\n\n', ''), ['Gamma.']],
    ['the lines above it were moved down', `Preface.\n\n${BEFORE}`, ['Preface.']],
  ])('when %s', (_, after, expected) => {
    expect(changedBy(after)).toEqual(expected);
  });

  it('as well where lines end in CRLF', () => {
    const before = BEFORE.replaceAll('\n', '\r\n');

    expect(changedBy(before.replace('two', '2'), { before })).toEqual(['Alpha one.\r Alpha 2.']);
  });

  it('wherever they are, for a finding that an edit names', () => {
    const after = BEFORE.replace('Gamma', 'gamma');

    expect(changedBy(after, { mode: 'patch', named: { start: 9, end: 9 } })).toHaveLength(4);
    expect(changedBy(after, { mode: 'patch' })).toEqual(['gamma.']);
    expect(changedBy(after, { mode: 'in-place', named: { start: 9, end: 9 } })).toEqual(['gamma.']);
  });
});

describe('whatever a verifier says', () => {
  it('closes nothing when no byte was touched', () => {
    const said = [true, false].flatMap((impossible) =>
      VERDICTS.map((verdict) => check('F1', { verdict, makes_instance_impossible: impossible })),
    );

    expect(changedBy(BEFORE)).toEqual([]);
    expect(said.filter((stated) => checked(stated, { changed: false }).closed)).toEqual([]);
  });
});
