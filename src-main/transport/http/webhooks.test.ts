import { afterEach, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './test-server';

let server: TestServer;
afterEach(() => server.server.close());

const PATH = '/api/v1/webhooks/inbound/things/7';

it('takes the events of other servers with the secret wherever they can put it, and no others', async () => {
  server = await startTestServer();
  const { post, key } = server;
  const secret = key('webhook');
  const basic = `Basic ${Buffer.from(`lidarr:${secret}`).toString('base64')}`;
  const status = async (headers: Record<string, string>, path = PATH) => (await post(path, {}, headers)).status;
  expect(await status({ 'X-Webhook-Token': secret })).toBe(200);
  expect(await status({ Authorization: `Bearer ${secret}` })).toBe(200);
  expect(await status({ Authorization: basic })).toBe(200);
  expect(await status({}, `${PATH}?token=${secret}`)).toBe(200);
  expect(await status({ Authorization: `Bearer ${key('full')}` })).toBe(200);
  expect(await status({ Authorization: `Bearer ${key('read')}` })).toBe(403);
  expect(await status({ 'X-Webhook-Token': 'tonearm_wrong' })).toBe(401);
  expect(await status({})).toBe(401);
  expect((await post(`/api/v1/tag?token=${secret}`, { path: '/a' })).status).toBe(401);
  expect(server.logged.join('')).not.toContain(secret);
});

it('hands the body on as it came, by POST and PUT, also when it is no JSON or large, but not without end', async () => {
  server = await startTestServer();
  const headers = { 'X-Webhook-Token': server.key('webhook'), 'Content-Type': 'text/plain' };
  const send = (body: string, method = 'POST', query = '') =>
    fetch(server.base + PATH + query, { method, headers, body });
  expect(await (await send('{"id": 3, "id"', 'PUT', '?format=env&other=1')).json()).toEqual({
    id: 7,
    format: 'env',
    bytes: 14,
  });
  expect(await (await send('ä'.repeat(300_000))).json()).toMatchObject({ bytes: 600_000 });
  expect((await send('x'.repeat(2 ** 20 + 1))).status).toBe(413);
  expect(await (await send('')).json()).toMatchObject({ bytes: 0 });
});

it('keeps up with a server that sends thousands in a minute', async () => {
  server = await startTestServer();
  const headers = { 'X-Webhook-Token': server.key('webhook') };
  for (let at = 0; at < 400; at++) expect((await server.post(PATH, {}, headers)).status).toBe(200);
});

it('answers to the name that containers have for this machine, for events alone', async () => {
  server = await startTestServer();
  const headers = { Host: `host.docker.internal:${server.port}`, 'X-Webhook-Token': server.key('webhook') };
  expect((await server.raw(PATH, headers, 'POST')).status).toBe(200);
  expect((await server.raw('/health', headers)).status).toBe(421);
  expect((await server.raw(PATH, { ...headers, Host: 'host.docker.internal:1' }, 'POST')).status).toBe(421);
  expect((await server.raw(PATH, { ...headers, Host: `evil.example:${server.port}` }, 'POST')).status).toBe(421);
});
