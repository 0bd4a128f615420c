import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { stateRoot } from '../store/run-directory.ts';
import type { CommonFlags } from './flags.ts';
import { resolve as resolveSettings, type Resolution } from './resolve.ts';
import { valueOf } from './settings.ts';
import type { World } from './world.ts';

/** The settings in force in a repository, or, with null, outside of any. */
export function settingsAt(
  projectRoot: string | null,
  flags: CommonFlags,
  world: World,
): Promise<Resolution> {
  return resolveSettings({
    flags: flags.settings,
    env: world.env,
    projectRoot,
    configFile: flags.config === undefined ? null : resolve(world.cwd, flags.config),
    trustProject: flags.trustProject,
  });
}

/** The state root of a plan: the one that was set, relative to where the user stands, or the directory beside the plan. */
export function stateRootFor(plan: string, resolution: Resolution, { cwd }: World): string {
  const set = valueOf(resolution, 'state-root');
  return stateRoot(plan, typeof set === 'string' ? resolve(cwd, set) : null);
}

/** The top of a work tree as its directories tell: good enough to look at runs, and ten times as fast as asking git. */
export async function workTreeTop(dir: string): Promise<string | null> {
  for (let at = dir; ; at = dirname(at)) {
    const found = await stat(join(at, '.git')).catch(() => null); // a file in worktrees and submodules
    if (found) return at;
    if (at === dirname(at)) return null;
  }
}
