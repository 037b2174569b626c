import { afterEach, expect, it } from 'vitest';
import { contract } from '../../../app/contract';
import { ERROR_FAMILIES } from '../../../app/error-families';
import type { Procedure } from '../../../rpc/procedure';
import type { Route } from '../../../rpc/routes';
import { familiesByName } from '../error-families';
import { startTestServer, type TestServer } from '../test-server';
import { openApiDocument } from './openapi';

let server: TestServer | undefined;
afterEach(() => server?.server.close());

const allRoutes: Route[] = Object.entries(contract).flatMap(([domain, procedures]) =>
  Object.entries(procedures).map(([key, procedure]) => ({
    name: `${domain}.${key}`,
    procedure: procedure as Procedure,
    call: async () => ({ ok: true as const, value: {} }),
  })),
);

const families = familiesByName(allRoutes, ERROR_FAMILIES);

it('describes every path of the whole contract, and the stream', () => {
  const document = openApiDocument(allRoutes, '1.2.3', families);
  expect(document.openapi).toBe('3.1.0');
  const described = Object.keys(document.paths ?? {});
  const expected = allRoutes.flatMap(({ procedure }) =>
    procedure.http.map((http) => http.split(' ')[1].replaceAll(/:(\w+)/g, '{$1}')),
  );
  expect(new Set(described)).toEqual(new Set([...expected, '/api/web/events/status']));
  const ids = Object.values(document.paths ?? {}).flatMap((item) =>
    Object.values(item).map((operation) => (operation as { operationId: string }).operationId),
  );
  expect(new Set(ids).size).toBe(ids.length);
});

it('tells the parameters of a path, a query and a body apart', () => {
  const { paths } = openApiDocument(allRoutes, '1.2.3', families);
  const status = paths!['/api/web/queue/status/{job_id}'].get!;
  expect(status.parameters).toMatchObject([{ in: 'path', name: 'job_id', required: true }]);
  const list = paths!['/api/web/queue/list'].get!;
  expect(list.parameters).toContainEqual(expect.objectContaining({ in: 'query', name: 'limit' }));
  const tag = paths!['/api/v1/tag'].post!;
  expect(JSON.stringify(tag.requestBody)).toContain('"paths"');
  expect(paths!['/health'].get!.security).toEqual([]);
});

it('serves the document and its page', async () => {
  server = await startTestServer();
  expect((await server.get('/openapi.json')).headers.get('content-type')).toMatch(/application\/json/);
  for (const path of ['/docs', '/docs/', '/docs/style.css']) expect((await server.get(path)).status).toBe(200);
  expect(await (await server.get('/docs')).text()).toContain('<code>/api/web/things/{id}</code> One thing');
});
