import { defineConfig } from 'vitest/config';
import { REPORTERS } from '../rig/tell-skipped.ts';

export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    // Only what goes through many moments can be asked for a part of them.
    include: [process.env['PART'] ? 'test/crash/every/*.test.ts' : 'test/crash/**/*.test.ts'],
    reporters: REPORTERS,
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 3_600_000,
  },
});
