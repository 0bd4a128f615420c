import { defineConfig } from 'vitest/config';
import usual from '../vitest.config.ts';

export default defineConfig({
  test: { ...usual.test, include: ['test/trust/*.test.ts'], exclude: [] },
});
