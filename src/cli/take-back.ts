import { roundTexts } from '../core/round-texts.ts';
import { changedSince } from '../errors/undo.ts';
import { mergeText } from '../git/merge-text.ts';
import type { KeptRun } from '../store/runs.ts';
import { keptText } from './kept-text.ts';
import type { World } from './world.ts';

type At = { readonly root: string; readonly shown: string; readonly world: World };

/**
 * A text of the plan without what a run wrote to it, round by round from the last. What others wrote meanwhile or since
 * stays; where that cannot be told from the run's own, it is refused.
 */
export async function withoutRun(
  text: string,
  { run, dir }: Pick<KeptRun, 'run' | 'dir'>,
  { root, shown, world }: At,
): Promise<string> {
  let now = text;
  for (const { round, before, after } of roundTexts(run).toReversed()) {
    const [theirs, base] = [await keptText(dir, before), await keptText(dir, after)];
    const merged = await mergeText({ base, ours: now, theirs }, { root, world });
    if (merged === null) throw changedSince(shown, { run: run.id, round });
    now = merged;
  }
  return now;
}
