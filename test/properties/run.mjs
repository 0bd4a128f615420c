// npm run test:properties -- [runs] [seed]: the properties, each tried so often; by default 100,000 times from a fresh seed.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const [runs = '100000', seed] = process.argv.slice(2);
if (![runs, seed ?? '0'].every((number) => /^-?\d+$/.test(number))) {
  console.error('Give whole numbers: npm run test:properties -- [runs] [seed].');
  process.exit(2);
}
const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--config',
    'test/vitest.config.ts',
    '--testTimeout=7200000',
    'test/properties',
  ],
  {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, PROPERTY_RUNS: runs, ...(seed === undefined ? {} : { PROPERTY_SEED: seed }) },
    stdio: 'inherit',
  },
);
process.exitCode = status ?? 1;
