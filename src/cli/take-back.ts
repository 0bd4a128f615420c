import { roundTexts, type RoundTexts } from '../core/round-texts.ts';
import { changedSince } from '../errors/undo.ts';
import { mergeText } from '../git/merge-text.ts';
import type { KeptRun } from '../store/runs.ts';
import { keptText } from './kept-text.ts';
import type { World } from './world.ts';

type At = { readonly root: string; readonly shown: string; readonly world: World };

/**
 * A text of the plan without what a run wrote to it. What others wrote since, or meanwhile between two rounds, stays; where
 * that cannot be told from the run's own, it is refused.
 */
export async function withoutRun(
  text: string,
  { run, dir }: Pick<KeptRun, 'run' | 'dir'>,
  { root, shown, world }: At,
): Promise<string> {
  let now = text;
  for (const { before, after } of stretches(roundTexts(run)).toReversed()) {
    const [theirs, base] = [await keptText(dir, before), await keptText(dir, after)];
    const merged = await mergeText({ base, ours: now, theirs }, { root, world });
    if (merged === null) throw changedSince(shown, run.id);
    now = merged;
  }
  return now;
}

/** Rounds that nobody wrote between are taken back as one: what one of them wrote, the next may have written over. */
function stretches(rounds: readonly RoundTexts[]): Pick<RoundTexts, 'before' | 'after'>[] {
  const found: Pick<RoundTexts, 'before' | 'after'>[] = [];
  for (const { before, after } of rounds) {
    const last = found.at(-1);
    const goesOn = last && before.sha256.some((sha256) => last.after.sha256.includes(sha256));
    if (goesOn) found[found.length - 1] = { before: last.before, after };
    else found.push({ before, after });
  }
  return found;
}
