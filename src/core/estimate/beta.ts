import { continuedFraction } from './continued-fraction.ts';
import { logGamma } from './log-gamma.ts';
import { bisect } from './quantile.ts';

/**
 * The regularised incomplete beta function I_x(a, b): the probability that Beta(a, b) is at most x. By the continued
 * fraction DLMF 8.17.22 (Abramowitz & Stegun 26.5.8), mirrored by 8.17.4 where that one is slow.
 */
export function betaI(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - betaI(1 - x, b, a);
  const logBeta = logGamma(a) + logGamma(b) - logGamma(a + b);
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta) / a;
  return front / continuedFraction(1, (n) => [x * coefficient(n, a, b), 1]);
}

/** The quantile of Beta(a, b): the value it stays at or below with this probability. */
export function betaQuantile(probability: number, { a, b }: { a: number; b: number }): number {
  return bisect((x) => betaI(x, a, b), probability, { low: 0, high: 1 });
}

function coefficient(n: number, a: number, b: number): number {
  const m = Math.floor(n / 2);
  return n % 2 === 0
    ? (m * (b - m)) / ((a + 2 * m - 1) * (a + 2 * m))
    : (-(a + m) * (a + b + m)) / ((a + 2 * m) * (a + 2 * m + 1));
}
