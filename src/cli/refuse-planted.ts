import { realpath } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { planLeadsOut, statePlanted } from '../errors/planted.ts';
import { trackedBelow } from '../git/tracked.ts';
import { isBelow } from '../lib/is-below.ts';
import { stateRoot as stateRootOf } from '../store/run-directory.ts';
import type { CommonFlags } from './flags.ts';
import type { PlanPlace } from './place.ts';
import type { FoundPlan } from './plan-path.ts';
import { settingsAt, workTreeTop } from './settings-at.ts';
import type { World } from './world.ts';

/**
 * Refuses a plan that a link in a repository stands for and that lies outside of it, or in its git directory: whoever wrote
 * the repository would choose which file of this machine is read, sent and edited.
 */
export async function refuseLinkOut(
  named: string,
  plan: FoundPlan,
  flags: CommonFlags,
  world: World,
): Promise<void> {
  const top = await workTreeTop(dirname(resolve(world.cwd, named)));
  if (top === null) return;
  const root = await realpath(top);
  if (isBelow(plan.path, root) && !isBelow(plan.path, join(root, '.git'))) return;
  if (!(await settingsAt(root, flags, world)).isTrusted) throw planLeadsOut(named, plan.path);
}

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
