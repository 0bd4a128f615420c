import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runProcess } from '../../src/process/run-process.ts';
import { envWith, freshDir, isAlive, NEVER } from './programs.ts';

const root = join(import.meta.dirname, '..', '..');
const built = join(root, '.cache', `process-${process.pid}`);

afterAll(() => rmSync(built, { recursive: true, force: true }));

it('takes every group with it when the program exits without waiting', async () => {
  build();
  const parent = join(built, 'parent.mjs');
  writeFileSync(
    parent,
    `import { runProcess } from './process/run-process.js';
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
  expect(ids.map(isAlive)).toEqual([false, false, false, false]);
});

/** The exit of a whole program needs a whole program: the sources are compiled to where their dependencies are found. */
function build(): void {
  mkdirSync(built, { recursive: true });
  const config = {
    extends: '../../src/tsconfig.json',
    compilerOptions: { outDir: '.', rootDir: '../../src' },
    include: [],
    files: ['../../src/process/run-process.ts'],
  };
  writeFileSync(join(built, 'tsconfig.json'), JSON.stringify(config));
  writeFileSync(join(built, 'package.json'), '{ "type": "module" }');
  execFileSync(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', built]);
}
