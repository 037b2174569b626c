import express, { type Router } from 'express';
import type { ErrorFamily, Route } from '../../../rpc';
import { sendJson } from '../compression';
import { contextOf } from '../guards';
import { htmlPage } from './html-page';
import { openApiDocument } from './openapi';
import { STYLE } from './style';

/** The OpenAPI document at `/openapi.json`, and a page to read it at `/docs`. */
export function docs(routes: readonly Route[], version: string, families: ReadonlyMap<string, ErrorFamily>): Router {
  const router = express.Router({ strict: true });
  let made: ReturnType<typeof openApiDocument> | undefined;
  let page: string | undefined;
  const document = () => {
    made ??= openApiDocument(routes, version, families);
    return made;
  };
  router.get('/openapi.json', (request, response) => {
    const { basePath } = contextOf(response);
    // What is relative is so to the document; then it holds wherever a proxy shows it.
    return sendJson(request, response, { ...document(), servers: [{ url: basePath || './' }] });
  });
  router.get('/docs', (_request, response) => {
    page ??= htmlPage(document());
    response.type('html').send(page);
  });
  router.get('/docs/', (_request, response) => void response.redirect('../docs'));
  router.get('/docs/style.css', (_request, response) => void response.type('css').send(STYLE));
  return router;
}
