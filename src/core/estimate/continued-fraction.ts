const TINY = 1e-300;
const PRECISION = 1e-15;

// The fractions used here need about as many steps as the square root of their parameters.
const MOST_STEPS = 10_000;

/**
 * The continued fraction b0 + a1/(b1 + a2/(b2 + ...)) by Lentz' method as modified by Thompson and Barnett (J. Comput.
 * Phys. 64, 1986). `term(n)` gives a and b of step n, from 1 on. Throws where it does not settle.
 */
export function continuedFraction(b0: number, term: (n: number) => readonly [a: number, b: number]): number {
  let value = b0 === 0 ? TINY : b0;
  let c = value;
  let d = 0;
  for (let n = 1; n <= MOST_STEPS; n += 1) {
    const [a, b] = term(n);
    d = 1 / (b + a * d || TINY);
    c = b + a / c || TINY;
    value *= c * d;
    if (Math.abs(c * d - 1) < PRECISION) return value;
  }
  throw new Error('A continued fraction does not settle.');
}
