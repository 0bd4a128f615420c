import { join } from 'node:path';
import { PROJECT_FILE } from '../config-file.ts';
import { reviewersOf } from '../agents.ts';
import type { Resolution } from '../resolve.ts';
import { valueOf } from '../settings.ts';
import type { World } from '../world.ts';
import { settingsFor, type Found } from './detected.ts';
import { pinOf, toolRepository } from './tool-repository.ts';
import type { Gate } from './workflow-text.ts';

type Here = {
  readonly found: Found;
  readonly resolution: Resolution;
  readonly root: string;
  /** The workflow as it is now. */
  readonly now: string | null;
};

/** What the workflow of this repository has to say: which files are plans, and who reviews where the settings name no codex. */
export async function gateFor({ found, resolution, root, now }: Here, world: World): Promise<Gate> {
  const set = settingsFor(found);
  const isGlobSet = resolution.options.get('plan-glob')?.origin !== 'default';
  const glob = isGlobSet ? undefined : set.get('plan-glob');
  // A runner has codex and reads the config file of the repository, not that of the user.
  const isOwn = resolution.options.get('reviewer')?.origin === join(root, PROJECT_FILE);
  const reviewers = isOwn ? reviewersOf(resolution) : [set.get('reviewer') ?? 'codex'];
  return {
    tool: await toolRepository(now, world),
    ref: pinOf(now),
    glob: glob ?? String(valueOf(resolution, 'plan-glob')),
    reviewer: reviewers.every((reviewer) => /^codex(?::|$)/.test(reviewer)) ? undefined : 'codex',
  };
}
