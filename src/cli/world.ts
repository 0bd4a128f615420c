import { resolve } from 'node:path';
import type { Signals } from './interruption.ts';

/** What a command sees of the process around it. Nothing below `cli` reads these from the process itself. */
export type World = {
  /** Where the user stands, `-C` taken into account. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly now: () => Date;
  readonly signals: Signals;
};

export function processWorld(dir: string | undefined, signals: Signals): World {
  const { env, stdin, stdout, stderr } = process;
  return { cwd: resolve(dir ?? '.'), env, stdin, stdout, stderr, now: () => new Date(), signals };
}
