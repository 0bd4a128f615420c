import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: join(import.meta.dirname, '..', '..', '..'),
    include: ['test/crash/every/*.test.ts'],
    exclude: process.env['PART'] ? ['test/crash/every/kill-points.test.ts'] : [], // it comes whole or not at all
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 900_000,
  },
});
