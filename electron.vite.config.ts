import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { createLogger, type Logger } from 'vite';
import { precompress } from './build/precompress';

/** Vite's own CSS modules raise this hint, which asks plugin authors for something and is the first that a user reads. */
function withoutPostcssHint(): Logger {
  const logger = createLogger('warn');
  const { warn, warnOnce } = logger;
  const isHint = (text: string) => text.includes('did not pass the `from` option to `postcss.parse`');
  logger.warn = (text, options) => void (isHint(text) || warn(text, options));
  logger.warnOnce = (text, options) => void (isHint(text) || warnOnce(text, options));
  return logger;
}

export default defineConfig({
  main: {
    build: {
      // The same output runs headless under plain Node, whose floor this is.
      target: 'node22.14',
      // Every command loads these: a hundred files to open, of which a bundle keeps what is used.
      externalizeDeps: { exclude: ['zod', 'commander', 'cli-progress'] },
      sourcemap: true,
      rolldownOptions: {
        input: {
          index: 'src-main/index.ts',
          cli: 'src-main/headless.ts',
          'workers/infer': 'src-main/analysis/inference/worker/entry.ts',
          'workers/read-files': 'src-main/app/file-reader-process.ts',
          'workers/reader': 'src-main/app/reader-thread.ts',
          'workers/backup': 'src-main/platform/backups/thread.ts',
        },
      },
    },
  },
  preload: {
    build: {
      externalizeDeps: false,
      sourcemap: true,
      rolldownOptions: {
        input: { index: 'src-preload/index.ts' },
        // A sandboxed preload is a single CommonJS file; "type": "module" would make it ESM.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    customLogger: withoutPostcssHint(),
    build: {
      minify: true,
      // For those who look for a fault in a build; the page does not name it, and it is not served.
      sourcemap: 'hidden',
      // The page comes from the same machine as a rule; a warning would be the first thing that a new user reads.
      chunkSizeWarningLimit: 1000,
      rolldownOptions: {
        input: 'src-renderer/index.html',
        // What an index names and nobody asks of it stays out of the first chunk.
        treeshake: { moduleSideEffects: [{ test: /src-renderer\/\w+\/.*\.tsx?$/, sideEffects: false }] },
        // One file for what every screen stands on; a dozen small ones would weigh more by their headers alone.
        output: {
          codeSplitting: {
            groups: [
              {
                name: 'base',
                test: /node_modules\/(?!@simplewebauthn|qrcode-generator)|src-renderer\/(ui|api|router)\/|src-main/,
              },
            ],
          },
        },
        // Compressing takes most of the time of so short a build; there is nothing to do about it.
        checks: { pluginTimings: false },
      },
    },
    plugins: [react(), precompress()],
  },
});
