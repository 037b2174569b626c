import { join } from 'node:path';
import { configDefaults, defineConfig } from 'vitest/config';

const minutes = Number(process.env.TONEARM_MINUTES) || 4;

/** Runs that go on until their minutes are over, one after the other. */
export default defineConfig({
  root: join(import.meta.dirname, '../..'),
  test: {
    include: ['test/stress/**/*.torture.ts', 'test/reliability/**/*.test.ts'],
    globalSetup: 'test/support/global-setup.ts',
    reporters: [...configDefaults.reporters, './test/support/requirements/skipped-reporter.ts'],
    env: { ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent' },
    pool: 'forks',
    maxWorkers: 1,
    fileParallelism: false,
    // The last round is finished and checked after its time is over.
    testTimeout: (minutes + 10) * 60_000,
    hookTimeout: 120_000,
  },
});
