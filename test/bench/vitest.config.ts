import { join } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';

/** Benchmarks: one after the other, so that they do not share the machine with each other. */
export default defineConfig({
  root: join(import.meta.dirname, '../..'),
  test: {
    include: ['test/bench/**/*.bench.ts'],
    reporters: [...configDefaults.reporters, './test/support/requirements/skipped-reporter.ts'],
    env: { ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent' },
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
    testTimeout: 30 * 60_000,
    hookTimeout: 30 * 60_000,
  },
});
