import { defineConfig } from 'vitest/config';

/** The tests that answer in milliseconds; `MUTATION_TESTS` names fewer of them, by globs with commas in between. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: (process.env['MUTATION_TESTS'] ?? 'test/core/**/*.test.ts').split(','),
    isolate: false,
    testTimeout: 30_000,
  },
});
