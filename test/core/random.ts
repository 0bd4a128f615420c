/* Randomness for tests: the same numbers for the same seed. */

/** Uniform numbers in [0, 1), by the generator mulberry32 (T. Ettinger, public domain). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A Poisson number, by Knuth's product of uniform ones. */
export function poisson(mean: number, random: () => number): number {
  let [n, product] = [-1, 1];
  do [n, product] = [n + 1, product * random()];
  while (product > Math.exp(-mean));
  return n;
}
