import { chao2, chapman } from './overlap.ts';
import { sightings, type Hunt, type Sightings } from './hunts.ts';

/** At least how many admitted findings no hunt has seen: Chapman for two hunts, Chao2 for more. Null for fewer than two. */
export function unseenBound(seen: Sightings): number | null {
  const [n1 = 0, n2 = 0] = seen.each;
  if (seen.hunts < 2) return null;
  return seen.hunts === 2 ? chapman({ n1, n2, m: seen.twice }) : chao2(seen);
}

/**
 * What may be said of what several hunts of the same bytes have not seen. One-sided: where the bound reaches one it is
 * said, otherwise nothing that reassures; with hunts that neither agree nor differ enough, null. Throws as `sightings`.
 */
export function unseenStatement(hunts: readonly Hunt[]): string | null {
  const seen = sightings(hunts);
  const bound = unseenBound(seen);
  if (bound === null) return null;
  if (bound >= 1)
    return `At least about ${Math.floor(bound)} more ${bound < 2 ? 'is' : 'are'} probably unseen.`;
  const doAgree = seen.hunts === 2 ? seen.twice === Math.min(...seen.each) : seen.once === 0;
  if (!doAgree || (seen.distinct > 0 && Math.min(...seen.each) === 0)) return null;
  return `${NUMBERS[seen.hunts] ?? seen.hunts} reviews agree; that does not show that nothing is left.`;
}

const NUMBERS: Readonly<Record<number, string>> = { 2: 'Two', 3: 'Three', 4: 'Four' };

/** How many defects a plan of this kind has before anybody looks: Gamma(a, b), by default 8 on average, widely spread. */
export type Prior = { readonly a: number; readonly b: number };

const USUAL: Prior = { a: 2, b: 0.25 };

/**
 * The expected number of defects left after h hunts that each see a defect with probability p and found n distinct ones:
 * the posterior mean under a gamma-Poisson prior (S. R. Dalal, C. L. Mallows, J. Amer. Statist. Assoc. 83, 1988).
 */
export function expectedLeft(
  { found, hunts, p }: { found: number; hunts: number; p: number },
  { a, b }: Prior = USUAL,
): number {
  const missed = (1 - p) ** hunts;
  return ((a + found) * missed) / (b + 1 - missed);
}
