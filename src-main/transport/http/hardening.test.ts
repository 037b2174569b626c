import { createConnection } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, it } from 'vitest';
import { aProxy, startTestServer, type TestServer } from './test-server';

let server: TestServer;
const start = async (...args: Parameters<typeof startTestServer>) => {
  server = await startTestServer(...args);
  return server;
};
afterEach(() => server.server.close());

/** A logged-in browser: its cookie, and the headers that our page sends. */
async function aBrowser({ auth, post, base }: TestServer) {
  const response = await post(
    '/api/web/auth/ticket',
    { ticket: auth.loginTickets.issue(true) },
    { 'X-App-Request': '1' },
  );
  const cookie = response.headers.get('set-cookie')!;
  const session = cookie.split(';', 1)[0];
  return { cookie, session, body: await response.json(), own: { Cookie: session, Origin: base, 'X-App-Request': '1' } };
}

it('answers only to its own names, on the page, the API, the stream and webhooks alike', async () => {
  const { raw, port } = await start();
  const paths = ['/', '/health', '/api/web/events/status', '/docs', '/api/v1/tag'];
  for (const path of paths) {
    for (const host of ['evil.example', `evil.example:${port}`, 'localhost:1', `localhost.evil.example:${port}`])
      expect((await raw(path, { Host: host })).status).toBe(421);
  }
  for (const host of ['localhost', `127.0.0.1:${port}`, `LOCALHOST:${port}`, `[::1]:${port}`])
    expect((await raw('/health', { Host: host })).status).toBe(200);
});

it('refuses a host that is repeated or malformed', async () => {
  const { port } = await start();
  const own = `127.0.0.1:${port}`;
  const status = async (...lines: string[]) => {
    const socket = createConnection({ port, host: '127.0.0.1' });
    socket.end(`${lines.join('\r\n')}\r\nConnection: close\r\n\r\n`);
    return Number((await text(socket)).split(' ')[1]);
  };
  expect(await status('GET /health HTTP/1.1', `Host: ${own}`)).toBe(200);
  for (const host of ['', 'a b', `user@localhost:${port}`, `${own}/`, `${own}, ${own}`])
    expect(await status('GET /health HTTP/1.1', `Host: ${host}`)).toBe(400);
  expect(await status('GET /health HTTP/1.1', `Host: ${own}`, `Host: ${own}`)).toBe(400);
  expect(await status('GET /health HTTP/1.1')).toBe(400);
  expect(await status('GET /health HTTP/1.0')).toBe(400);
  expect(await status('GET http://evil.example/health HTTP/1.1', `Host: ${own}`)).toBe(400);
});

it('answers to a name that the person listed', async () => {
  const { raw, port } = await start({ reverseProxy: aProxy({ allowedHosts: ['Music.example', 'nas:8080'] }) });
  expect((await raw('/health', { Host: 'music.example' })).status).toBe(200);
  expect((await raw('/health', { Host: 'nas:8080' })).status).toBe(200);
  expect((await raw('/health', { Host: `nas:${port}` })).status).toBe(421);
});

it('sends the content policy and the other headers with everything, and no CORS', async () => {
  const { get } = await start();
  for (const path of ['/', '/health', '/docs', '/nothing']) {
    const { headers } = await get(path, { Origin: 'https://evil.example' });
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data: blob:;media-src 'self' blob:;" +
        "font-src 'self';connect-src 'self';worker-src 'self';manifest-src 'self';base-uri 'none';form-action 'none';" +
        "frame-src 'none';frame-ancestors 'none';object-src 'none'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('permissions-policy')).toContain('camera=()');
    for (const absent of ['x-powered-by', 'strict-transport-security', 'access-control-allow-origin'])
      expect(headers.get(absent)).toBeNull();
  }
  expect((await get('/health')).headers.get('cache-control')).toBe('no-store');
});

it('gives a browser its session as a cookie that no script can read', async () => {
  const { cookie, body, session } = await aBrowser(await start());
  expect(cookie).toMatch(/HttpOnly/);
  expect(cookie).toMatch(/SameSite=Strict/);
  expect(cookie).toMatch(/Path=\//);
  expect(body).toEqual({ session_token: '', token: '', expires_in: 86_400 });
  expect((await server.get('/api/web/things/1', { Cookie: session })).status).toBe(200);
});

it('changes nothing on the word of a cookie that another site made the browser send', async () => {
  const { own } = await aBrowser(await start());
  const clear = (headers: Record<string, string>) => server.post('/api/web/things/clear', {}, headers);
  expect((await clear(own)).status).toBe(200);
  expect((await clear({ ...own, 'Sec-Fetch-Site': 'same-origin' })).status).toBe(200);
  expect((await clear({ ...own, 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
  expect((await clear({ ...own, 'Sec-Fetch-Site': 'same-site' })).status).toBe(403);
  expect((await clear({ ...own, Origin: 'https://evil.example' })).status).toBe(403);
  expect((await clear({ ...own, Origin: 'null' })).status).toBe(403);
  expect((await clear({ Cookie: own.Cookie })).status).toBe(403);
  expect((await clear({ ...own, 'Content-Type': 'text/plain' })).status).toBe(415);
});

it('forgets the cookie when a header shows a credential', async () => {
  const { own } = await aBrowser(await start());
  expect((await server.get('/api/web/things/1', { ...own, 'X-Api-Key': 'wrong' })).status).toBe(401);
  const withKey = { ...own, 'X-Api-Key': server.key(), Origin: 'https://evil.example' };
  expect((await server.post('/api/web/things/clear', {}, withKey)).status).toBe(200);
});

it('ends a session at logout, and takes its cookie away', async () => {
  const { own } = await aBrowser(await start());
  const response = await server.post('/api/web/auth/logout', {}, own);
  expect(response.headers.get('set-cookie')).toMatch(/tonearm_session=;/);
  expect((await server.get('/api/web/things/1', own)).status).toBe(401);
});

it('takes the ticket of a login link once and for five minutes', async () => {
  const { auth, post, passTime } = await start();
  const redeem = async (ticket: string) => (await post('/api/web/auth/ticket', { ticket })).status;
  const ticket = auth.loginTickets.issue(true);
  expect(await redeem(ticket)).toBe(200);
  expect(await redeem(ticket)).toBe(401);
  const late = auth.loginTickets.issue(true);
  passTime(301_000);
  expect(await redeem(late)).toBe(401);
});

it('refuses the sixth wrong password in a minute, and then doubles the wait', async () => {
  const { auth, post, passTime } = await start();
  await auth.passwords.set('correct horse');
  const login = (password: string) => post('/api/web/auth/login', { password });
  for (let attempt = 1; attempt <= 5; attempt += 1) expect((await login('wrong horse')).status).toBe(401);
  const sixth = await login('correct horse');
  expect([sixth.status, sixth.headers.get('retry-after')]).toEqual([429, '60']);
  passTime(61_000);
  for (let attempt = 1; attempt <= 5; attempt += 1) expect((await login('wrong horse')).status).toBe(401);
  expect((await login('wrong horse')).headers.get('retry-after')).toBe('120');
  passTime(121_000);
  expect((await login('correct horse')).status).toBe(200);
});

it('locks no browser out that logged in before, and nobody at the machine itself', async () => {
  const { auth, post } = await start();
  await auth.passwords.set('correct horse');
  const login = (password: string, headers: Record<string, string> = {}) =>
    post('/api/web/auth/login', { password }, { 'X-App-Request': '1', ...headers });
  const through = { 'X-Forwarded-For': '203.0.113.9' };
  const before = await login('correct horse', through);
  const device = /tonearm_device=[^;]+/.exec(before.headers.getSetCookie().join())![0];
  for (let attempt = 1; attempt <= 6; attempt += 1) await login('wrong horse', through);
  expect((await login('correct horse', through)).status).toBe(429);
  expect((await login('correct horse', { ...through, Cookie: device })).status).toBe(200);
  expect((await login('correct horse', { ...through, Cookie: `${device}x` })).status).toBe(429);
  expect((await login('correct horse')).status).toBe(200);
});

it('counts made-up keys by where they come from, and lets a real one through', async () => {
  const { get, key } = await start();
  const asked = Array.from({ length: 130 }, (_, at) => get('/api/web/things/1', { 'X-Api-Key': `made-up-${at}` }));
  const statuses = (await Promise.all(asked)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 429)).toHaveLength(30);
  expect((await get('/api/web/things/1', { 'X-Api-Key': key() })).status).toBe(200);
});

it('says how to set a password when there is none', async () => {
  const { post } = await start();
  const response = await post('/api/web/auth/login', { password: 'anything' });
  expect(response.status).toBe(409);
  expect(((await response.json()) as { error: string }).error).toContain('nom password set');
});

it('ends all other sessions when the password changes', async () => {
  const { own } = await aBrowser(await start());
  const other = await aBrowser(server);
  expect((await server.post('/api/web/auth/password', { password: 'correct horse' }, own)).status).toBe(200);
  expect((await server.get('/api/web/things/1', own)).status).toBe(200);
  expect((await server.get('/api/web/things/1', other.own)).status).toBe(401);
});

it('refuses JSON that is too large, too deep, ambiguous or dangerous', async () => {
  const { post, key } = await start();
  const headers = { 'X-Api-Key': key('webhook') };
  const status = async (body: string, more = {}) => (await post('/api/v1/tag', body, { ...headers, ...more })).status;
  const nested = (depth: number) => `{"path":"/a","extra":${'['.repeat(depth)}${']'.repeat(depth)}}`;
  expect(await status(nested(31))).toBe(200);
  expect(await status(nested(32))).toBe(400);
  expect(await status(JSON.stringify({ path: 'x'.repeat(256 * 1024) }))).toBe(413);
  const upload = (length: number) => post('/api/web/things/upload', { content: 'x'.repeat(length) }, headers);
  expect((await upload(1_000_000)).status).toBe(200);
  expect((await upload(2 ** 20)).status).toBe(413);
  expect(await status('{"path":"/a","path":"/b"}')).toBe(400);
  expect(await status('{"path":"/a","p\\u0061th":"/b"}')).toBe(400);
  expect(await status('{"path":"/a","extra":{"__proto__":{"admin":true}}}')).toBe(400);
  expect(await status('{"path":"/a","extra":{"constructor":1}}')).toBe(400);
  expect(await status('{"path":"a \\" , { [ \\"path\\": "}')).toBe(200);
  expect(await status('{"path":')).toBe(400);
  expect(await status('[]')).toBe(400);
  expect(await status('{"path":"/a"}', { 'Content-Encoding': 'gzip' })).toBe(415);
  const utf16 = await fetch(`${server.base}/api/v1/tag`, {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/json; charset=utf-16le' },
    body: Buffer.from('{"path":"/a","extra":{"__proto__":1}}', 'utf16le'),
  });
  expect(utf16.status).toBe(415);
  expect(await status('path=/a', { 'Content-Type': 'application/x-www-form-urlencoded' })).toBe(415);
});

it('does not open to other machines without a password, unless told that nobody needs one', async () => {
  await expect(startTestServer({ listen: '0.0.0.0' })).rejects.toThrow(/nom password set/);
  const open = await start({ listen: '0.0.0.0', isOpenToAll: true });
  expect((await open.raw('/health', { Host: `192.168.7.7:${open.port}` })).status).toBe(200);
  expect((await open.raw('/health', { Host: `evil.example:${open.port}` })).status).toBe(421);
  expect((await open.post('/api/web/things/clear', {})).status).toBe(200);
  expect((await open.post('/api/web/things/clear', {}, { Origin: 'https://evil.example' })).status).toBe(403);
});

it('lets bursts through, then so many a second; more where work is queued, less where all is searched', async () => {
  const { get, post, key, passTime } = await start();
  const headers = { 'X-Api-Key': key() };
  const queued = await Promise.all(Array.from({ length: 250 }, () => post('/api/v1/tag', { path: '/a' }, headers)));
  expect(queued.every(({ status }) => status === 200)).toBe(true);
  const ask = (path: string, times: number) =>
    Promise.all(Array.from({ length: times }, () => get(path, headers))).then((handlers) =>
      handlers.filter(({ status }) => status === 429),
    );
  const refused = await ask('/api/web/things/1', 130);
  expect(refused).toHaveLength(30);
  expect(refused[0].headers.get('retry-after')).toBe('1');
  passTime(1000);
  expect(await ask('/api/web/things/1', 25)).toHaveLength(5);
  passTime(3_600_000);
  expect(await ask('/api/web/things/1', 101)).toHaveLength(1);
  expect(await ask('/api/web/things/1?query=x', 35)).toHaveLength(5);
  expect((await get('/api/web/things/1', { 'X-Api-Key': key() })).status).toBe(200);
});

it('writes no secret into its log', async () => {
  const { get, post, auth, logged, key } = await start();
  await auth.passwords.set('correct horse');
  const secret = key();
  await get(`/api/web/things/1?apikey=${secret}&token=${secret}`, { Authorization: `Bearer ${secret}` });
  await get(`/${secret}`, { 'X-Api-Key': secret });
  await post('/api/web/auth/login', { password: 'correct horse' });
  const log = logged.join('');
  expect(log).toContain('/api/web/things/1');
  expect(log).not.toContain(secret);
  expect(log).not.toContain('correct horse');
});

it('says who has the port when it is taken', async () => {
  const { port } = await start();
  await expect(startTestServer({ port })).rejects.toThrow(
    `Port ${port} is taken: another Tonearm (1.2.3) answers there`,
  );
});

it('begins a session of its own at each login, never one that the client brought', async () => {
  const { auth, post, get } = await start();
  await auth.passwords.set('correct horse');
  const planted = `tonearm_${'a'.repeat(43)}`;
  const login = async (cookie: string) => {
    const headers = { 'X-App-Request': '1', Cookie: `tonearm_session=${cookie}` };
    const response = await post('/api/web/auth/login', { password: 'correct horse' }, headers);
    return response.headers.get('set-cookie')!.split(';', 1)[0].slice('tonearm_session='.length);
  };
  const first = await login(planted);
  const second = await login(first);
  expect(new Set([planted, first, second]).size).toBe(3);
  expect((await get('/api/web/things/1', { Cookie: `tonearm_session=${planted}` })).status).toBe(401);
});

it('says the same of every wrong password, and counts those of all forms as one', async () => {
  const { auth, post } = await start();
  await auth.passwords.set('correct horse');
  const handlers = ['', 'x', 'correct horse ', 'Correct horse', 'c'.repeat(1000)].map(async (password) => {
    const response = await post('/api/web/auth/login', { password });
    return [response.status, ((await response.json()) as { error: string }).error];
  });
  const reported = (await Promise.all(handlers)).filter(([status]) => status === 401);
  expect(reported.length).toBeGreaterThan(2);
  expect(new Set(reported.map(([, error]) => error)).size).toBe(1);
});
