// npm run test:node -- [--whole] [major …]: the tests under other versions of Node than the one at hand, by default 22 and 24.
// Without --whole a part of them, SMOKE: what depends on Node most. Node comes from npm, once, into .cache/node.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CACHE = join(ROOT, '.cache', 'node');

/** Text, files, the lock, child processes, and the built program from a first run to a resumed one. */
const SMOKE = [
  'test/lib',
  'test/store',
  'test/process',
  'test/core/evolve.test.ts',
  'test/core/reading.test.ts',
  'test/e2e/loop.test.ts',
  'test/e2e/resume.test.ts',
  'test/e2e/signals.test.ts',
];

const given = process.argv.slice(2);
const isWhole = given.includes('--whole');
const majors = given.filter((word) => /^\d+$/.test(word));
const failed = (majors.length > 0 ? majors : ['22', '24']).filter((major) => !passes(major));
if (failed.length > 0) {
  console.error(`The tests do not pass under Node ${failed.join(' and ')}.`);
  process.exitCode = 1;
}

function passes(major) {
  const node = binaryOf(major);
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  console.log(`Node ${version}, ${isWhole ? 'every test' : SMOKE.join(' ')}`);
  const began = Date.now();
  const { status } = spawnSync(
    node,
    ['node_modules/vitest/vitest.mjs', 'run', '--config', 'test/vitest.config.ts', ...(isWhole ? [] : SMOKE)],
    {
      cwd: ROOT,
      env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` },
      stdio: 'inherit',
    },
  );
  console.log(
    `Node ${version}: ${status === 0 ? 'passed' : 'FAILED'} in ${Math.round((Date.now() - began) / 1000)} s`,
  );
  return status === 0;
}

/** The program of a version, installed where it is not there yet: npm carries it for each platform. */
function binaryOf(major) {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const dir = join(CACHE, major);
  const path = join(dir, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(path)) return path;
  mkdirSync(dir, { recursive: true });
  const args = [
    'install',
    '--no-save',
    '--no-audit',
    '--no-fund',
    '--engine-strict=false',
    '--prefix',
    dir,
    `${name}@${major}`,
  ];
  execFileSync('npm', args, { cwd: dir, stdio: 'inherit' });
  return path;
}
