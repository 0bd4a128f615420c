/** Two hunts: what each found, and how many of these are the same. */
export type Pair = { readonly n1: number; readonly n2: number; readonly m: number };

/**
 * What neither hunt has seen, by Chapman's estimate of a population by capture and recapture (D. G. Chapman, Univ. Calif.
 * Publ. Statist. 1, 1951). Too low where some defects are harder to see than others, as they are: a lower bound.
 */
export function chapman({ n1, n2, m }: Pair): number {
  const all = ((n1 + 1) * (n2 + 1)) / (m + 1) - 1;
  return all - (n1 + n2 - m);
}

/**
 * The bias-corrected Chao2 lower bound of what no hunt has seen (A. Chao, Biometrics 43, 1987), from how many findings
 * exactly one hunt saw and exactly two.
 */
export function chao2({ hunts, once, twice }: { hunts: number; once: number; twice: number }): number {
  return (((hunts - 1) / hunts) * once * (once - 1)) / (2 * (twice + 1));
}
