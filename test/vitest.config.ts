import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { REPORTERS } from './rig/tell-skipped.ts';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: ['test/**/*.test.ts'],
    exclude: ['test/real/**', 'test/crash/**', 'test/trust/**', 'test/browser/**'],
    reporters: REPORTERS,
    pool: 'forks',
    // One for each core: a test of the program waits for other processes most of its time.
    maxWorkers: availableParallelism(),
    // Bounds against hanging, not on speed: a test that starts twenty programs beside others takes as long as the machine makes it.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // On a shared runner a test of real processes has a second chance; what fails twice has failed.
    retry: process.env['CI'] ? 1 : 0,
  },
});
