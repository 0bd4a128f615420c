import { homedir } from 'node:os';
import { join } from 'node:path';
import type { FactOf } from '../core/fact.ts';
import type { Settings } from '../core/settings.ts';
import { digest } from '../store/plan-file.ts';
import type { Resolution } from './resolve.ts';
import { loadTemplates } from './templates.ts';
import type { World } from './world.ts';

type Asked = { readonly settings: Settings; readonly resolution: Resolution };

/** What is known of this reviewer's recall from an earlier run, where the run is to know it. */
export async function knownRecall(
  { settings, resolution }: Asked,
  world: World,
): Promise<readonly FactOf<'calibration.scored'>[]> {
  if (!settings.calibrate) return [];
  const { measuredRecall } = await import('../store/calibrations.ts');
  const known = await measuredRecall(cacheFile(world), await keyOf(settings, resolution), world.now());
  return known ? [known] : [];
}

/** Keeps what a run measured for the next one with the same reviewer and the same prompt. */
export async function rememberRecall(
  calibration: FactOf<'calibration.scored'> | null,
  { settings, resolution }: Asked,
  world: World,
): Promise<void> {
  if (!calibration?.recall || calibration.call === null) return;
  // Where the program was replaced during a long run, it is measured again the next time.
  const store = await import('../store/calibrations.ts').catch(() => null);
  await store?.keepRecall(cacheFile(world), await keyOf(settings, resolution), calibration, world.now());
}

/** Agent, model and effort as they are set, whose settings they load, and the prompt. */
async function keyOf(settings: Settings, resolution: Resolution): Promise<string> {
  const { review } = await loadTemplates(resolution);
  return digest(JSON.stringify([settings.reviewer, settings.agent_config, review]));
}

function cacheFile({ env }: World): string {
  const home = env['HOME'] || homedir();
  return join(env['XDG_CACHE_HOME'] || join(home, '.cache'), 'refine-plan', 'calibrations.json');
}
