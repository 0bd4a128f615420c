/** A source of chance: each call gives the next number from 0 up to 1. The same seed gives the same numbers. */
export type Random = () => number;

/** Mulberry32 (Tommy Ettinger, public domain), seeded by a text: every call to an agent has a source of its own. */
export function randomFrom(seed: string): Random {
  let state = hash(seed);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** FNV-1a, 32 bits, stirred once more so that seeds that differ in one character start far apart. */
function hash(text: string): number {
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  sum = Math.imul(sum ^ (sum >>> 16), 0x85ebca6b);
  return (sum ^ (sum >>> 13)) | 0;
}

/** One of several. Throws where there is none. */
export function pick<T>(random: Random, among: readonly T[]): T {
  const found = among[Math.floor(random() * among.length)];
  if (found === undefined) throw new Error('There is nothing to pick from.');
  return found;
}

/** The same things in another order: Fisher-Yates. */
export function shuffled<T>(random: Random, among: readonly T[]): T[] {
  const left = [...among];
  return among.map(() => left.splice(Math.floor(random() * left.length), 1)).flat();
}

/** How often something happens that happens `mean` times on average: Knuth's product of uniforms. */
export function poisson(random: Random, mean: number): number {
  const least = Math.exp(-mean);
  let times = 0;
  for (let product = random(); product > least; product *= random()) times += 1;
  return times;
}

/** A chance of its own for each of a kind: Beta with this mean; the smaller the concentration, the more they differ. */
export function beta(random: Random, { mean, concentration }: Spread): number {
  const hit = gamma(random, mean * concentration);
  return hit / (hit + gamma(random, (1 - mean) * concentration));
}

export type Spread = { readonly mean: number; readonly concentration: number };

/** Marsaglia and Tsang, "A simple method for generating gamma variables", 2000. */
function gamma(random: Random, shape: number): number {
  if (shape < 1) return gamma(random, shape + 1) * Math.pow(random() || 1e-12, 1 / shape);
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(random() || 1e-12) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(random() || 1e-12)) * Math.cos(2 * Math.PI * random());
}
