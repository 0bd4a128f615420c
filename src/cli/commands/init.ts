import { lstat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { planPatch } from '../../core/plan-patch.ts';
import { noRepository } from '../../errors/git.ts';
import { writeError } from '../../errors/store.ts';
import { jsonText } from '../../lib/json-text.ts';
import { coloredDiff } from '../../ui/colored-diff.ts';
import { themeFor } from '../../ui/theme.ts';
import { PROJECT_FILE } from '../config-file.ts';
import { isConfirmed } from '../confirmed.ts';
import { isGiven, type CommonFlags } from '../flags.ts';
import { configText } from '../init/config-text.ts';
import { foundText, lookAround, settingsFor, type Found } from '../init/detected.ts';
import { placeOf, type Place } from '../place.ts';
import { shownPath } from '../runs-here.ts';
import { valueOf } from '../settings.ts';
import type { World } from '../world.ts';

type Outcome = 'written' | 'unchanged' | 'declined';

/** `refine-plan init`: a commented config file for this repository, after showing it. What is there already stays as it is. */
export async function init(_: readonly string[], flags: CommonFlags, world: World): Promise<number> {
  const { repo, resolution } = await placeOf(world.cwd, flags, world, { needsGit: true });
  if (!repo) throw noRepository(world.cwd);
  const found = await lookAround(repo, String(valueOf(resolution, 'plan-glob')), world);
  if (!flags.json) world.stdout.write(foundText(found));
  const path = join(repo.root, PROJECT_FILE);
  const outcome = await writeConfig(path, { found, resolution }, flags, world);
  if (flags.json)
    world.stdout.write(`${jsonText({ plans: found.plans, ci: found.ci, files: [{ path, outcome }] })}\n`);
  else world.stdout.write(told(shownPath(path, world), outcome));
  return 0;
}

async function writeConfig(
  path: string,
  { found, resolution }: { readonly found: Found; readonly resolution: Place['resolution'] },
  flags: CommonFlags,
  world: World,
): Promise<Outcome> {
  if (await lstat(path).catch(() => null)) return 'unchanged'; // else there is none yet
  const text = configText(settingsFor(found));
  if (!flags.json) {
    const theme = themeFor(world.stdout, world.env, { noColor: flags.noColor, quiet: false });
    world.stdout.write(coloredDiff(planPatch(PROJECT_FILE, '', text), theme));
  }
  const asked = { message: `Write ${PROJECT_FILE}?`, what: 'Writing a config file', resolution };
  const isWanted = isGiven(flags, 'config-file') || (await isConfirmed(asked, flags, world));
  if (!isWanted) return 'declined';
  // Never over anything, nor through a link.
  await writeFile(path, text, { flag: 'wx' }).catch((error: unknown) => {
    throw writeError(path, error);
  });
  return 'written';
}

function told(path: string, outcome: Outcome): string {
  switch (outcome) {
    case 'written':
      return `${path} is written. Check what a run needs with: refine-plan doctor\n`;
    case 'unchanged':
      return `${path} is there already, so nothing was changed. See what it sets with: refine-plan config show\n`;
    case 'declined':
      return 'Nothing was written.\n';
  }
}
