import { join } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: join(import.meta.dirname, '..', '..', '..'),
    include: ['test/crash/every/*.test.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 900_000,
  },
});
