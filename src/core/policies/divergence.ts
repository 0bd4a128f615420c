import { probabilityAbove, type Damage } from '../estimate/reproduction.ts';

/** Fewer fixes than this say nothing yet. */
export const FEWEST_FIXES = 6;

/** Fixing comes to an end only while a fix causes fewer findings than it resolves, and a fix resolves less than one. */
export const WORST_RATE = 0.5;

const SURE = 0.8;

/** Do the fixes of a run cause so many findings that more of them would not end? Then fixing stops and the user decides. */
export function isDiverging(damage: Damage): boolean {
  return damage.fixes >= FEWEST_FIXES && probabilityAbove(WORST_RATE, damage) > SURE;
}
