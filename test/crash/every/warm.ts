import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const WARM = fileURLToPath(new URL('../../rig/warm.mjs', import.meta.url));
const MAIN = fileURLToPath(new URL('../../../dist/main.js', import.meta.url));

export type Said = { readonly code: number | null; readonly stderr: string };

/** A process that holds the built program and runs it as often as it is told to, one run at a time. */
export type Warm = Disposable & {
  readonly run: (job: {
    readonly args: readonly string[];
    readonly cwd: string;
    readonly env: NodeJS.ProcessEnv;
  }) => Promise<Said>;
};

export function openWarm(): Warm {
  const child = fork(WARM, [MAIN], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  return {
    run: async (job) => {
      child.send(job);
      const [said] = await once(child, 'message');
      return said as Said; // it is our own program that answers
    },
    [Symbol.dispose]: () => void child.kill(),
  };
}
