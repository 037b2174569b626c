import { defineConfig } from 'vitest/config';

/** A run of its own over tests that the machine may not be able to do, for the tests of requirements to look at. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: ['*.example.ts'],
    globalSetup: '../global-setup.ts',
    reporters: ['verbose', '../skipped-reporter.ts'],
  },
});
