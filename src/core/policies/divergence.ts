import { probabilityAbove, type Damage } from '../estimate/reproduction.ts';
import { unplaced, wasAdmitted } from '../ledger/entry.ts';
import type { Run } from '../run.ts';

/** Fewer fixes than this say nothing yet. */
const FEWEST_FIXES = 6;

/** Fixing comes to an end only while a fix causes fewer findings than it resolves, and a fix resolves less than one. */
const WORST_RATE = 0.5;

const SURE = 0.8;

/** Do fixes cause so many findings that more of them would not end? Then fixing stops and the user decides. */
export function isDiverging(damage: Damage): boolean {
  return damage.fixes >= FEWEST_FIXES && probabilityAbove(WORST_RATE, damage) > SURE;
}

/** Fixes that a run made, and findings that were admitted about text that a fix wrote. */
export function fixesAndInduced({ rounds, ledger }: Run): Damage {
  const made = rounds.flatMap(({ applied }) =>
    (applied?.findings ?? []).filter((id) => !applied?.reverted.includes(id)),
  );
  const induced = [...unplaced(ledger).values()].filter(
    (entry) => entry.finding.generation > 0 && wasAdmitted(entry),
  );
  return { fixes: made.length, induced: induced.length };
}
