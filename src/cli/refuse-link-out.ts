import { realpath } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { planLeadsOut } from '../errors/planted.ts';
import { isBelow } from '../process/is-below.ts';
import type { CommonFlags } from './flags.ts';
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
