// npm run test:node -- [--whole] [major …]: the tests under other versions of Node than the one at hand, by default 22 and 24.
// Without --whole a part of them, SMOKE: what depends on Node most; with it, those of npm test and of npm run test:trust. Node
// comes from npm, once, into .cache/node.
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
  const parts = isWhole
    ? [['test/vitest.config.ts'], ['test/trust/vitest.config.ts']]
    : [['test/vitest.config.ts', ...SMOKE]];
  const began = Date.now();
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` };
  const failures = parts.filter((part) => {
    console.log(`Node ${version}, ${part.join(' ')}`);
    const args = ['node_modules/vitest/vitest.mjs', 'run', '--config', ...part];
    return spawnSync(node, args, { cwd: ROOT, env, stdio: 'inherit' }).status !== 0;
  });
  const seconds = Math.round((Date.now() - began) / 1000);
  console.log(`Node ${version}: ${failures.length === 0 ? 'passed' : 'FAILED'} in ${seconds} s`);
  return failures.length === 0;
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
