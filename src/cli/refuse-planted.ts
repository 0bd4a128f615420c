import { relative, sep } from 'node:path';
import { statePlanted } from '../errors/planted.ts';
import { trackedBelow } from '../git/tracked.ts';
import { isBelow } from '../process/is-below.ts';
import { stateRoot as stateRootOf } from '../store/run-directory.ts';
import type { PlanPlace } from './place.ts';
import type { World } from './world.ts';

/**
 * Refuses to work where git keeps the state directory. What is recorded there would come with a checkout: runs to be
 * resumed with the commands that they name, or a link to somewhere else.
 */
export async function refusePlantedState(place: PlanPlace, world: World): Promise<void> {
  const { repo, plan, stateRoot, resolution } = place;
  if (!repo || resolution.isTrusted) return;
  const beside = stateRootOf(plan.path, null); // the lock lies there, wherever the runs are kept
  for (const dir of new Set([beside, stateRoot])) {
    if (dir === repo.root || !isBelow(dir, repo.root)) continue;
    const name = relative(repo.root, dir).split(sep).join('/');
    const kept = await trackedBelow(name, { root: repo.root, world });
    // A directory that the user named may hold other files too.
    const planted = kept.some((file) => dir === beside || file.isLink || /\/events\.jsonl$/i.test(file.name));
    if (planted) throw statePlanted(relative(world.cwd, dir) || dir);
  }
}
