import { continuedFraction } from './continued-fraction.ts';
import { logGamma } from './log-gamma.ts';
import { bisect } from './quantile.ts';

/**
 * The regularised lower incomplete gamma function P(a, x): the probability that Gamma(shape a, rate 1) is at most x. By
 * its series below a + 1 and by its continued fraction above (Abramowitz & Stegun 6.5.29 and 6.5.31; DLMF 8.11.4, 8.9.2).
 */
export function gammaP(a: number, x: number): number {
  if (x <= 0) return 0;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x >= a + 1) return 1 - front / continuedFraction(x + 1 - a, (n) => [n * (a - n), x + 2 * n + 1 - a]);
  let term = 1 / a;
  let sum = term;
  for (let n = a + 1; term > sum * 1e-16; n += 1) sum += term *= x / n;
  return front * sum;
}

/** The quantile of Gamma(shape, rate): the value it stays at or below with this probability, from 0 to less than 1. */
export function gammaQuantile(probability: number, { shape, rate }: { shape: number; rate: number }): number {
  let high = shape + 1;
  while (gammaP(shape, high) < probability) high *= 2;
  return bisect((x) => gammaP(shape, x), probability, { low: 0, high }) / rate;
}
