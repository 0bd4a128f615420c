import { describe, expect, it } from 'vitest';
import { betaI, betaQuantile } from '../../src/core/estimate/beta.ts';
import { gammaP, gammaQuantile } from '../../src/core/estimate/gamma.ts';
import { logGamma } from '../../src/core/estimate/log-gamma.ts';
import { chao2, chapman } from '../../src/core/estimate/overlap.ts';
import { probabilityAbove, reproduction } from '../../src/core/estimate/reproduction.ts';
import { expectedLeft, unseenStatement } from '../../src/core/estimate/unseen.ts';
import { isDiverging } from '../../src/core/policies/divergence.ts';
import { poisson, seeded } from './random.ts';

describe('the special functions', () => {
  it.each([
    [0.5, 0.5 * Math.log(Math.PI)],
    [1, 0],
    [5, Math.log(24)],
    [0.1, 2.252_712_651_734_206],
    [100, 359.134_205_369_575_4],
  ])('log-gamma of %d', (x, value) => {
    expect(logGamma(x)).toBeCloseTo(value, 11);
  });

  it.each([
    [1, 0.5, 1 - Math.exp(-0.5)],
    [1, 30, 1 - Math.exp(-30)],
    [2, 3, 1 - 4 * Math.exp(-3)],
    [0.5, 1, 0.842_700_792_949_714_9], // erf(1)
    [5, 9.1535, 0.95], // half of 18.307, the 95 % point of chi-square with ten degrees of freedom
    [0.5, 0, 0],
    [300, 300, 0.507_677],
  ])('P(%d, %d)', (a, x, value) => {
    expect(gammaP(a, x)).toBeCloseTo(value, 5);
  });

  it.each([
    [0.3, 2, 2, 3 * 0.09 - 2 * 0.027],
    [0.5, 7, 7, 0.5],
    [0.9, 1, 3, 1 - 0.1 ** 3],
    [0.25, 0.5, 0.5, 1 / 3], // the arcsine law
    [0, 2, 3, 0],
    [1, 2, 3, 1],
  ])('I_%d(%d, %d)', (x, a, b, value) => {
    expect(betaI(x, a, b)).toBeCloseTo(value, 12);
  });

  it('have quantiles that undo them', () => {
    expect(gammaQuantile(0.95, { shape: 1, rate: 2 })).toBeCloseTo(Math.log(20) / 2, 10);
    expect(gammaP(3.5, gammaQuantile(0.1, { shape: 3.5, rate: 1 }))).toBeCloseTo(0.1, 12);
    expect(betaQuantile(0.5, { a: 4, b: 4 })).toBeCloseTo(0.5, 12);
    expect(betaI(betaQuantile(0.9, { a: 5, b: 3 }), 5, 3)).toBeCloseTo(0.9, 12);
  });
});

describe('the reproduction number', () => {
  it('is drawn to one half while there are few fixes, and has a middle 80 %', () => {
    expect(reproduction({ fixes: 0, induced: 0 })).toMatchObject({ rate: 0.5 });

    const { rate, low, high } = reproduction({ fixes: 9, induced: 3 });

    expect(rate).toBe(0.35);
    expect(gammaP(3.5, low * 10)).toBeCloseTo(0.1, 10);
    expect(gammaP(3.5, high * 10)).toBeCloseTo(0.9, 10);
  });

  it.each([0.1, 0.3, 0.5, 0.9])('is estimated with little bias where a fix causes %d on average', (rate) => {
    const random = seeded(7);
    const [runs, fixes] = [4000, 12];
    const each = Array.from({ length: runs }, () =>
      reproduction({ fixes, induced: poisson(rate * fixes, random) }),
    );
    const mean = (of: readonly number[]): number => of.reduce((sum, one) => sum + one, 0) / runs;

    expect(Math.abs(mean(each.map((one) => one.rate)) - rate)).toBeLessThan(0.05);
  });

  it('says that fixing diverges from six fixes on, where a rate above one half is four to one likely', () => {
    expect(isDiverging({ fixes: 5, induced: 9 })).toBe(false);
    expect(isDiverging({ fixes: 6, induced: 3 })).toBe(false);
    expect(isDiverging({ fixes: 6, induced: 5 })).toBe(false);
    expect(isDiverging({ fixes: 6, induced: 6 })).toBe(true);
    expect(isDiverging({ fixes: 12, induced: 7 })).toBe(false);
    expect(isDiverging({ fixes: 12, induced: 9 })).toBe(true);
    // 6.989 is the 20 % point of chi-square with eleven degrees of freedom.
    expect(probabilityAbove(6.989 / 14, { fixes: 6, induced: 5 })).toBeCloseTo(0.8, 4);
  });
});

describe('two hunts of the same bytes', () => {
  it('estimate after Chapman what neither has seen', () => {
    expect([chapman({ n1: 5, n2: 4, m: 3 }), chapman({ n1: 3, n2: 3, m: 3 })]).toEqual([0.5, 0]);
  });
});

describe('what nobody has seen', () => {
  it('is bounded after Chao for three hunts and more', () => {
    expect(chao2({ hunts: 3, once: 5, twice: 2 })).toBeCloseTo(((2 / 3) * 20) / 6, 12);
    expect(chao2({ hunts: 4, once: 1, twice: 0 })).toBe(0);
  });

  it.each([
    [0.45, [6.3, 2.6, 1.2]],
    [0.7, [2.5, 0.6, 0.2]],
    [0.2, [14.2, 8.4, 5.6]],
  ])('is expected, with a seeded recall of %d, after one, two and three hunts', (p, expected) => {
    const left = [1, 2, 3].map((hunts) => expectedLeft({ found: 6, hunts, p }));

    expect(left.map((n) => Math.round(n * 10) / 10)).toEqual(expected);
  });

  const hunts = (...lists: string[]): { sha256: string; admitted: string[] }[] =>
    lists.map((list) => ({ sha256: 'a', admitted: list.split('').map((id) => `F${id}`) }));

  it.each([
    [['12345', '1678'], 'At least about 6 more are probably unseen.'],
    [['12', '3'], 'At least about 2 more are probably unseen.'],
    [['123', '34'], 'At least about 1 more is probably unseen.'],
    [['123', '123'], 'Two reviews agree; that does not show that nothing is left.'],
    [['1234', '123'], 'Two reviews agree; that does not show that nothing is left.'],
    [['', ''], 'Two reviews agree; that does not show that nothing is left.'],
    [['12345', '1236'], null],
    [['1', ''], null],
    [['123'], null],
    [['1234', '1256', '1278'], 'At least about 10 more are probably unseen.'],
    [['12', '12', '12'], 'Three reviews agree; that does not show that nothing is left.'],
    [['12', '12', '1'], 'Three reviews agree; that does not show that nothing is left.'],
    [['123', '12', '12'], null],
  ])('is said of %j: %s', (lists, said) => {
    expect(unseenStatement(hunts(...lists))).toBe(said);
  });

  it('is never said in words that reassure', () => {
    const lists = ['', '1', '12', '123', '45', '12345'];
    const said = lists.flatMap((a) =>
      lists.flatMap((b) => [
        unseenStatement(hunts(a, b)),
        ...lists.map((c) => unseenStatement(hunts(a, b, c))),
      ]),
    );

    expect(said.filter((text) => text !== null && /clean|complete|no defects|all found/i.test(text))).toEqual(
      [],
    );
  });

  it('is not said of different bytes', () => {
    const [one] = hunts('1');

    expect(() => unseenStatement([...hunts('1'), { admitted: one?.admitted ?? [], sha256: 'b' }])).toThrow(
      'Only reviews of the same bytes can be compared.',
    );
  });
});
