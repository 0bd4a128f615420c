import { describe, expect, it } from 'vitest';
import { recall, score, scored, type Sighting } from '../../src/core/calibrate/score.ts';
import type { Span } from '../../src/core/ledger/line-map.ts';

type Said = Partial<Pick<Sighting, 'title' | 'body' | 'recommendation' | 'instance'>>;

/** A finding at a place, saying something. */
function sighting(id: string, lines: Span | null, said: Said): Sighting {
  const anchor = { how: lines ? ('lines' as const) : ('none' as const), lines, quote: null, section: [] };
  return { id, title: '', body: '', recommendation: '', instance: '', ...said, anchor };
}

const DEFECT = { span: { start: 4, end: 6 }, cues: ['60', 'timeout'] };
const HERE = { start: 5, end: 5 };

describe('a finding found a defect', () => {
  it.each<[string, Span, Said]>([
    ['in its title', HERE, { title: '60' }],
    ['in its body', HERE, { body: '60' }],
    ['in its recommendation', HERE, { recommendation: '60' }],
    ['in its instance', HERE, { instance: '60' }],
    ['in its body, behind a title without an end', HERE, { title: 'Odd', body: '60' }],
    ['in its recommendation, behind a body without an end', HERE, { body: 'Odd', recommendation: '60' }],
    ['in its instance, before nothing', HERE, { recommendation: 'Odd', instance: '60' }],
    ['by its second cue', HERE, { body: 'The timeouts' }],
    ['at its first line', { start: 1, end: 4 }, { body: '60' }],
    ['at its last line', { start: 6, end: 9 }, { body: '60' }],
    ['around it', { start: 1, end: 9 }, { body: '60' }],
  ])('%s', (_, lines, said) => {
    expect(scored(DEFECT, [sighting('F1', lines, said)])).toBe('F1');
  });

  it.each<[string, Span | null, Said]>([
    ['above it', { start: 1, end: 3 }, { body: '60' }],
    ['below it', { start: 7, end: 9 }, { body: '60' }],
    ['nowhere', null, { body: '60' }],
    ['in other words', HERE, { title: 'Odd', body: '600' }],
    ['in half of its words in each part', HERE, { title: 'time', body: 'out' }],
    ['in no words', HERE, {}],
  ])('not %s', (_, lines, said) => {
    expect(scored(DEFECT, [sighting('F1', lines, said)])).toBeNull();
  });

  it('not of which nothing is to be said, nor where there is none', () => {
    expect(scored({ ...DEFECT, cues: [] }, [sighting('F1', HERE, { body: '60' })])).toBeNull();
    expect(scored(DEFECT, [])).toBeNull();
  });

  it('that is the first of those that fit', () => {
    const findings = [
      sighting('F1', null, { body: '60' }),
      sighting('F2', HERE, { body: 'Odd' }),
      sighting('F3', HERE, { body: '60' }),
      sighting('F4', HERE, { body: '60' }),
    ];

    expect(scored(DEFECT, findings)).toBe('F3');
  });
});

describe('the score of a review', () => {
  const other = { span: { start: 5, end: 5 }, cues: ['order'] };
  const both = sighting('F1', HERE, { title: '60', body: 'order' });
  const one = sighting('F2', HERE, { body: '60' });

  it.each<[string, Parameters<typeof score>, [number, number]]>([
    ['no defect and no finding', [[], []], [0, 0]],
    ['no defect', [[], [both]], [0, 0]],
    ['no finding', [[DEFECT, other], []], [0, 2]],
    ['one finding of two defects', [[DEFECT, other], [both]], [1, 2]],
    ['two findings of one defect', [[DEFECT], [both, one]], [1, 1]],
    [
      'two findings, the first defect taking the first',
      [
        [DEFECT, other],
        [both, one],
      ],
      [1, 2],
    ],
    [
      'two findings of two defects',
      [
        [DEFECT, other],
        [one, both],
      ],
      [2, 2],
    ],
  ])('counts each finding once: %s', (_, [seeds, findings], [found, seeded]) => {
    expect(score(seeds, findings)).toEqual({ found, seeded });
  });
});

describe('the recall', () => {
  it.each<[number, number, number]>([
    [0, 0, 1 / 2],
    [0, 3, 1 / 5],
    [3, 3, 4 / 5],
    [4, 6, 5 / 8],
  ])('of %d found of %d has the mean %d', (found, seeded, mean) => {
    expect(recall({ found, seeded }).mean).toBeCloseTo(mean, 12);
  });

  it.each<[number, number, number, number]>([
    [0, 0, 0.1, 0.9],
    [0, 1, 1 - Math.sqrt(0.9), 1 - Math.sqrt(0.1)],
    [1, 1, Math.sqrt(0.1), Math.sqrt(0.9)],
    [2, 2, 0.1 ** (1 / 3), 0.9 ** (1 / 3)],
  ])('of %d found of %d is within %d and %d', (found, seeded, low, high) => {
    const known = recall({ found, seeded });

    expect(known.low).toBeCloseTo(low, 6);
    expect(known.high).toBeCloseTo(high, 6);
  });
});
