// Lanczos' coefficients for g = 7 and nine terms, as published by P. Godfrey; good to fifteen digits for x > 0.
const G = 7;
const TERMS = [
  0.999_999_999_999_809_93, 676.520_368_121_885_1, -1_259.139_216_722_402_8, 771.323_428_777_653_13,
  -176.615_029_162_140_59, 12.507_343_278_686_905, -0.138_571_095_265_720_12, 9.984_369_578_019_571_6e-6,
  1.505_632_735_149_311_6e-7,
];

/** The logarithm of the gamma function for x > 0, by Lanczos' approximation (SIAM J. Numer. Anal. B 1, 1964). */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x); // DLMF 5.5.3
  const [first = 0, ...rest] = TERMS;
  const sum = rest.reduce((total, term, index) => total + term / (x + index), first);
  const t = x + G - 0.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}
