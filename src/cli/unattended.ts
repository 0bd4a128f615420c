import { isSet } from '../ui/theme.ts';
import type { Resolution } from './resolve.ts';
import { valueOf } from './settings.ts';
import type { World } from './world.ts';

/** Is nobody there to ask? As set; else in CI, or where input or the screen is no terminal. */
export function isUnattended(resolution: Resolution, { env, stdin, stderr }: World): boolean {
  const set = valueOf(resolution, 'unattended');
  if (typeof set === 'boolean') return set || !(stdin.isTTY && stderr.isTTY);
  return isSet(env['CI']) || !stdin.isTTY || !stderr.isTTY;
}
