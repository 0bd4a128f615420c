import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { World } from './world.ts';

/** Lets the built program tell, as it ends, how much memory it ever held at once, in megabytes. */
export function peakMemory({ root }: Pick<World, 'root'>): {
  readonly env: NodeJS.ProcessEnv;
  readonly megabytes: () => number;
} {
  const [hook, peak] = [join(root, 'peak.cjs'), join(root, 'peak')];
  // What the system keeps for a whole process began before this program did, so that of its memory is asked for.
  writeFileSync(
    hook,
    `const { readFileSync, writeFileSync } = require('node:fs');
     if (process.argv[1].endsWith('main.js'))
       process.on('exit', () =>
         writeFileSync('${peak}', /VmHWM:\\s+(\\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]));`,
  );
  return {
    env: { NODE_OPTIONS: `--require=${hook}` },
    megabytes: () => Number(readFileSync(peak, 'utf8')) / 1024,
  };
}
