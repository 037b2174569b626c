import { afterEach, expect, it } from 'vitest';
import { ERROR_FAMILIES } from '../../app/error-families';
import { routesOf, tonearmErrors } from '../../rpc';
import { familiesByName, familyFinder } from './error-families';
import { moonErrors, moonRoutes } from './moons.fixture';
import { startTestServer, type TestServer } from './test-server';

let server: TestServer;
afterEach(() => server?.server.close());

async function startWithMoons() {
  server = await startTestServer({ moreRoutes: moonRoutes, errorFamilies: [...ERROR_FAMILIES, moonErrors] });
  const headers = { 'X-Api-Key': server.key(), 'Content-Type': 'application/json' };
  const ask = async (method: string, path: string, body?: unknown, own: Record<string, string> = headers) => {
    const options = { method, headers: own, body: body === undefined ? undefined : JSON.stringify(body) };
    const response = await fetch(server.base + path, options);
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as Record<string, unknown>) };
  };
  return { ...server, headers, ask };
}

it('answers with the status that a procedure names, and without a body where that is 204', async () => {
  const { ask } = await startWithMoons();
  expect(await ask('POST', '/api/v1/moons', { name: 'Io' })).toEqual({ status: 201, body: { name: 'Io' } });
  expect(await ask('DELETE', '/api/v1/moons/7')).toEqual({ status: 204, body: undefined });
});

it('tells what a procedure refuses in the shape and with the status of its family', async () => {
  const { ask } = await startWithMoons();
  expect(await ask('DELETE', '/api/v1/moons/8')).toEqual({
    status: 409,
    body: { eclipse: 'conflict', because: 'This moon is full.' },
  });
  expect(await ask('POST', '/api/v1/moons', { name: '' })).toMatchObject({
    status: 422,
    body: { eclipse: 'invalid_input' },
  });
  expect(await ask('POST', '/api/v1/moons', { colour: 'grey' })).toMatchObject({
    status: 422,
    body: { eclipse: 'invalid_input' },
  });
});

it('tells what is refused before a procedure is found in the shape of the family below whose path it is', async () => {
  const { ask, headers, get } = await startWithMoons();
  const codeOf = async (answer: ReturnType<typeof ask>) => {
    const { status, body } = await answer;
    expect(Object.keys(body!)).toEqual(['eclipse', 'because']);
    return [status, body!.eclipse];
  };
  const anonymous = { 'Content-Type': 'application/json' };
  const large = { name: 'x'.repeat(300 * 1024) };
  expect(await codeOf(ask('DELETE', '/api/v1/moons/7', undefined, anonymous))).toEqual([401, 'unauthorized']);
  expect(await codeOf(ask('GET', '/api/v1/moons/7/craters/3'))).toEqual([404, 'not_found']);
  expect(await codeOf(ask('PUT', '/api/v1/moons'))).toEqual([405, 'method_not_allowed']);
  expect(await codeOf(ask('POST', '/api/v1/moons', large))).toEqual([413, 'too_large']);
  expect(await codeOf(ask('POST', '/api/v1/moons', {}, { ...headers, 'Content-Type': 'text/plain' }))).toEqual([
    415,
    'unsupported_media',
  ]);
  const asked = await Promise.all(Array.from({ length: 120 }, () => get('/api/v1/moons/7/craters', headers)));
  const refused = asked.find(({ status }) => status === 429)!;
  expect(refused.headers.get('retry-after')).toBe('1');
  expect(await refused.json()).toEqual({ eclipse: 'rate_limited', because: expect.any(String) });
});

it('leaves every other path its own errors, also where both programs begin alike', async () => {
  const { ask } = await startWithMoons();
  const own = ['error', 'detail', 'code', 'details', 'request_id'];
  for (const path of ['/api/v1/nothing', '/api/v1', '/api/web/things/nine', '/nothing'])
    expect(Object.keys((await ask('GET', path)).body!), path).toEqual(own);
});

it('describes statuses and errors of every family on the page of the API', async () => {
  const { get } = await startWithMoons();
  const { paths } = (await (await get('/openapi.json')).json()) as { paths: Record<string, Record<string, never>> };
  const { responses } = paths['/api/v1/moons/{id}'].delete as { responses: Record<string, object> };
  expect(responses['204']).not.toHaveProperty('content');
  expect(JSON.stringify(responses.default)).toContain('#/components/schemas/MoonError');
  expect(Object.keys((paths['/api/v1/moons'].post as { responses: object }).responses)).toContain('201');
});

it('does not start with a procedure of a family that nobody registered', async () => {
  await expect(startTestServer({ moreRoutes: moonRoutes })).rejects.toThrow('moons.remove names the error family');
});

it('finds the family of the path that fits best, whatever the order of the procedures', () => {
  const [remove] = moonRoutes;
  const routesAt = (paths: readonly string[], errors: string) =>
    paths.map((path) => ({
      ...remove,
      procedure: { ...remove.procedure, http: [`GET ${path}`] as [`GET /${string}`], errors },
    }));
  const routes = [
    ...routesAt(['/a/:id/x', '/b', '/b/c/:id'], 'moons'),
    ...routesAt(['/a/search/y', '/b/c'], 'tonearm'),
    ...routesOf('none', {}, {}, () => {}),
  ];
  const find = familyFinder(routes, familiesByName(routes, [tonearmErrors, moonErrors]));
  const names = ['/a/1/x', '/a/search/x', '/a/search/y', '/a/search/y/z', '/b', '/b/c', '/b/c/1/2', '/b/d', '/'].map(
    (path) => `${path} ${find('GET', path).name}`,
  );
  expect(names).toEqual([
    '/a/1/x moons',
    '/a/search/x moons',
    '/a/search/y tonearm',
    '/a/search/y/z tonearm',
    '/b moons',
    '/b/c tonearm',
    '/b/c/1/2 moons',
    '/b/d tonearm',
    '/ tonearm',
  ]);
});
