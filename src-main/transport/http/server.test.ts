import { afterEach, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './test-server';

let server: TestServer;
const start = async (...args: Parameters<typeof startTestServer>) => {
  server = await startTestServer(...args);
  return server;
};
afterEach(() => server.server.close());

it('tells anyone whether it works', async () => {
  const { get } = await start();
  const response = await get('/health');
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ status: 'healthy', errors: [], version: '1.2.3', product: 'Tonearm' });
});

it('takes a key as Bearer, X-Api-Key, X-API-Token and as the password of Basic', async () => {
  const { get, key } = await start();
  const secret = key();
  const places: Record<string, string>[] = [
    { Authorization: `Bearer ${secret}` },
    { 'X-Api-Key': secret },
    { 'X-API-Token': secret },
    { Authorization: `Basic ${Buffer.from(`lidarr:${secret}`).toString('base64')}` },
  ];
  for (const headers of places) expect((await get('/api/v1/things/7', headers)).status).toBe(200);
});

it('ignores a key in the query', async () => {
  const { get, key } = await start();
  for (const name of ['apikey', 'token', 'key', 'access_token']) {
    expect((await get(`/api/v1/things/7?${name}=${key()}`)).status).toBe(401);
    expect((await get(`/api/web/events/status?${name}=${key()}`)).status).toBe(401);
  }
});

it('lets each scope do what it is for, and refuses the rest', async () => {
  const { get, post, key } = await start();
  const calls = {
    read: (headers: Record<string, string>) => get('/api/web/things/1', headers),
    webhook: (headers: Record<string, string>) => post('/api/v1/tag', { path: '/a' }, headers),
    full: (headers: Record<string, string>) => post('/api/web/things/clear', {}, headers),
  };
  const statuses = async (scope: 'full' | 'read' | 'webhook') => {
    const headers = { 'X-Api-Key': key(scope) };
    return Promise.all(Object.values(calls).map(async (call) => (await call(headers)).status));
  };
  expect(await statuses('full')).toEqual([200, 200, 200]);
  expect(await statuses('read')).toEqual([200, 403, 403]);
  expect(await statuses('webhook')).toEqual([403, 200, 403]);
});

it('forgets a key at once when it is revoked', async () => {
  const { get, auth } = await start();
  const { key, apiKey } = auth.keys.create('old', 'full');
  auth.keys.revoke(apiKey.id);
  expect((await get('/api/web/things/1', { 'X-Api-Key': key })).status).toBe(401);
});

it('exchanges the password for a session that lasts a day after its last use', async () => {
  const { get, post, auth, passTime } = await start();
  await auth.passwords.set('correct horse');
  const answer = (await (await post('/api/web/auth/login', { password: 'correct horse' })).json()) as {
    session_token: string;
    expires_in: number;
  };
  expect(answer.expires_in).toBe(86_400);
  const headers = { Authorization: `Bearer ${answer.session_token}` };
  const status = async () => (await get('/api/web/things/1', headers)).status;
  expect(await status()).toBe(200);
  passTime(86_000_000);
  expect(await status()).toBe(200);
  passTime(86_000_000);
  expect(await status()).toBe(200);
  passTime(86_500_000);
  expect(await status()).toBe(401);
});

it('answers a failure with one body that every client can read', async () => {
  const { get, key, logged } = await start();
  const response = await get('/api/web/things/nine', { 'X-Api-Key': key() });
  expect(response.status).toBe(400);
  const body = (await response.json()) as Record<string, unknown>;
  expect(Object.keys(body)).toEqual(['error', 'detail', 'code', 'details', 'request_id']);
  expect(body).toMatchObject({ code: 'invalid_input', request_id: response.headers.get('x-request-id') });
  expect(body.detail).toBe(body.error);

  const broken = await get('/api/web/things/fail', { 'X-Api-Key': key() });
  expect(broken.status).toBe(500);
  expect(await broken.text()).not.toMatch(/secret\.sql|someone|at /);
  expect(logged.join('')).toContain('secret.sql');
});

it('knows which paths and methods there are', async () => {
  const { get, post, base, key } = await start();
  const headers = { 'X-Api-Key': key() };
  expect((await get('/api/web/nothing', headers)).status).toBe(404);
  const refused = await post('/api/web/things/stats', {}, headers);
  expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET']);
  expect((await fetch(`${base}/health`, { method: 'HEAD' })).status).toBe(200);
  expect(await (await get('/api/web/things/stats', headers)).json()).toEqual({ count: 3 });
  expect((await get('/api/web/things/%E0%A4%A', headers)).status).toBe(400);
});

it('reads queries as text and refuses fields that it does not know', async () => {
  const { get, post, key } = await start();
  const headers = { 'X-Api-Key': key() };
  expect(await (await get('/api/web/things/7?colour=blue', headers)).json()).toEqual({ id: 7, colour: 'blue' });
  expect((await get('/api/web/things/7?color=blue', headers)).status).toBe(400);
  expect((await post('/api/v1/tag', { path: '/a', forse: true }, headers)).status).toBe(400);
});
