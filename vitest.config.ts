import { configDefaults, defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src-main/**/*.test.ts', 'src-renderer/**/*.test.ts', 'build/**/*.test.ts', 'test/**/*.test.ts'],
    exclude: ['test/stress/**', 'test/bench/**', 'node_modules/**', 'out/**'],
    globalSetup: ['test/support/requirements/global-setup.ts', 'test/support/global-setup.ts'],
    reporters: [...configDefaults.reporters, './test/support/requirements/skipped-reporter.ts'],
    // Electron's package tries to download its binary when imported; this makes it give back a path at once.
    env: { ELECTRON_OVERRIDE_DIST_PATH: '/nonexistent' },
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    // What a test waits for comes as soon as the machine lets it; a busy one must not fail it.
    expect: { poll: { timeout: 20_000 } },
    hookTimeout: 60_000,
  },
});
