import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type RequestHandler, type Router } from 'express';
import { precompressed } from './compression';

/** Addresses that Nomarr's documents name, and from there the part of our page that took their place. */
const OLD_PAGES: Record<string, string> = {
  '/web/login': '../',
  '/web/dashboard': '../',
  '/web/queue': '../#/queue',
  '/web/process': '../#/queue',
};

/**
 * The built page. Its parts carry a hash in their names and may be kept for ever, the page itself is asked for each
 * time. Which view is open stands after the `#`, so there is one document only.
 */
export function page(folder: string | undefined): Router {
  const router = express.Router();
  for (const [from, to] of Object.entries(OLD_PAGES))
    router.get(from, (_request, response) => void response.redirect(to));
  if (!folder || !existsSync(join(folder, 'index.html'))) {
    router.get('/', notBuilt);
    return router;
  }
  const compressed = precompressed(folder);
  // Maps to the source are for whoever builds it.
  router.get(/\.map$/, (_request, _response, next) => next('router'));
  router.use(
    compressed.choose,
    express.static(folder, {
      redirect: false,
      cacheControl: false,
      setHeaders: (response, path) => {
        const isHashed = /[\\/]assets[\\/]/.test(path);
        response.setHeader('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'no-cache');
        compressed.setHeaders(response, path);
      },
    }),
  );
  return router;
}

const notBuilt: RequestHandler = (_request, response) => {
  response.type('text/plain').send('Tonearm runs, but its page is not built here. See /docs for the API.\n');
};
