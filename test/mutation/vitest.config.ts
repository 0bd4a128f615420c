import { defineConfig } from 'vitest/config';

/** The tests that answer in milliseconds: a mutant meets each of those that reach it. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/core/**/*.test.ts'],
    testTimeout: 30_000,
  },
});
