import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import express, { type Router } from 'express';
import type { ErrorFamily, Route } from '../../../rpc';
import { sendJson } from '../compression';
import { openApiDocument } from './openapi';

const HTML = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tonearm API</title>
<link rel="icon" href="/docs/favicon-32x32.png">
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="api"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

// In a file of its own: the content policy lets no script stand in the page. A badge would ask a server outside.
const START = `window.SwaggerUIBundle({ url: '/openapi.json', dom_id: '#api', validatorUrl: null, deepLinking: true });\n`;

const SENT_AS_THEY_ARE = ['swagger-ui.css', 'swagger-ui-bundle.js', 'favicon-32x32.png'];

/** The OpenAPI document at `/openapi.json`, and a page to read and try it at `/docs`. */
export function docs(routes: readonly Route[], version: string, families: ReadonlyMap<string, ErrorFamily>): Router {
  const router = express.Router();
  let document: ReturnType<typeof openApiDocument> | undefined;
  router.get('/openapi.json', (request, response) => {
    document ??= openApiDocument(routes, version, families);
    return sendJson(request, response, document);
  });
  router.get('/docs', (_request, response) => void response.type('html').send(HTML));
  router.get('/docs/start.js', (_request, response) => void response.type('js').send(START));
  for (const name of SENT_AS_THEY_ARE)
    router.get(`/docs/${name}`, (_request, response) => response.sendFile(name, { root: swaggerFolder() }));
  return router;
}

function swaggerFolder(): string {
  return dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
}
