import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { runProcess } from '../../src/process/run-process.ts';
import { bundle } from '../rig/bundle.ts';
import { envWith, freshDir, isAlive, NEVER } from './programs.ts';

it('takes every group with it when the program exits without waiting', async () => {
  // The exit of a whole program needs a whole program.
  const built = await bundle('process/run-process.ts', freshDir());
  const parent = join(dirname(built), 'parent.mjs');
  writeFileSync(
    parent,
    `import { runProcess } from './bundle.mjs';
     const ids = [];
     const onLine = (line) => ids.push(line) === 4 && (process.stdout.write(ids.join('\\n') + '\\n'), process.exit(0));
     const args = ['-c', 'echo $$; setsid sleep 1000 & echo $!; wait'];
     for (let n = 0; n < 2; n++)
       void runProcess({ file: 'sh', args, cwd: '/', env: process.env, timeoutMs: 0, onLine }, new AbortController().signal);`,
  );
  const ids: number[] = [];
  const request = {
    file: process.execPath,
    args: [parent],
    cwd: freshDir(),
    env: envWith([]),
    timeoutMs: 20_000,
  };

  const end = await runProcess({ ...request, onLine: (line) => ids.push(Number(line)) }, NEVER);

  expect({ exit: end.exitCode, count: ids.length }).toEqual({ exit: 0, count: 4 });
  // What was killed is gone a moment later, on a busy machine.
  await vi.waitFor(() => expect(ids.map(isAlive)).toEqual([false, false, false, false]), 5000);
});
