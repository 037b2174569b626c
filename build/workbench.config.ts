import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const ROOT = join(import.meta.dirname, '../src-renderer');

/** The page of the components, `/dev`, without Electron; the application's own build knows nothing of it. */
export default defineConfig({
  root: ROOT,
  plugins: [react()],
  build: { rolldownOptions: { input: join(ROOT, 'dev.html') }, chunkSizeWarningLimit: 1000 },
});
