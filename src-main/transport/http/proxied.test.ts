import { afterEach, expect, it } from 'vitest';
import { aProxy, startTestServer, type TestServer } from './test-server';

let server: TestServer;
const start = async (...args: Parameters<typeof startTestServer>) => {
  server = await startTestServer(...args);
  return server;
};
afterEach(() => server.server.close());

const TRUSTED = aProxy({ trustedProxies: ['127.0.0.1'], allowedHosts: ['music.example'] });
const OVER_TLS = { 'X-Forwarded-For': '203.0.113.7', 'X-Forwarded-Proto': 'https' };

it('says as which name it was asked and what to do, in the answer as in the log', async () => {
  const { raw, logged, port } = await start();
  const { status, body } = await raw('/', { Host: `Music.example:${port}` });
  expect(status).toBe(421);
  expect(body).toContain(`asked as Music.example:${port}`);
  expect(body).toContain('--allow-host music.example');
  expect(body).toContain('TONEARM_ALLOWED_HOSTS=music.example');
  await raw('/health', { Host: `Music.example:${port}` });
  const lines = logged.filter((line) => line.includes('--allow-host music.example'));
  expect(lines).toHaveLength(1);
});

it('writes no more than a hundred such lines a minute, however many names are made up', async () => {
  const { raw, logged } = await start();
  for (let number = 0; number < 150; number += 1) await raw('/', { Host: `n${number}.example` });
  expect(logged.filter((line) => line.includes('--allow-host'))).toHaveLength(100);
});

it('knows localhost by any port where a trusted proxy has the port', async () => {
  const { raw } = await start({ reverseProxy: TRUSTED });
  expect((await raw('/health', { Host: 'localhost:8601' })).status).toBe(421);
  expect((await raw('/health', { Host: 'localhost:8601', ...OVER_TLS })).status).toBe(200);
  expect((await raw('/health', { Host: 'localhost' })).status).toBe(200);
});

it('checks the name that the proxy was asked by as well as the one that it asks by', async () => {
  const { raw, port } = await start({ reverseProxy: TRUSTED });
  const status = async (host: string, reported: string) =>
    (await raw('/health', { Host: host, ...OVER_TLS, 'X-Forwarded-Host': reported })).status;
  expect(await status(`127.0.0.1:${port}`, 'music.example')).toBe(200);
  expect(await status(`127.0.0.1:${port}`, 'evil.example')).toBe(421);
  expect(await status('evil.example', 'music.example')).toBe(421);
  expect(await status('music.example', 'music.example, evil.example')).toBe(421);
});

it('reads who is asked for from trusted proxies alone', async () => {
  const addressOf = async (options: Parameters<typeof startTestServer>[0], headers: Record<string, string>) => {
    const { auth, post } = await start(options);
    await auth.passwords.set('correct horse');
    const login = async (from: string) =>
      (await post('/api/web/auth/login', { password: 'wrong' }, { ...headers, 'X-Forwarded-For': from })).status;
    const statuses: number[] = [];
    for (let at = 1; at <= 6; at += 1) statuses.push(await login(`203.0.113.${at}`));
    await server.server.close();
    return statuses.at(-1);
  };
  expect(await addressOf({ reverseProxy: TRUSTED }, {})).toBe(401);
  expect(await addressOf({}, {})).toBe(429);
  expect(await addressOf({ reverseProxy: aProxy({ trustedProxies: ['10.0.0.0/8'] }) }, {})).toBe(429);
});

/** The cookie that a browser gets, and how a write with it ends. */
async function aWrite(sent: Record<string, string>, origin: string) {
  const { auth, raw, base } = server;
  const response = await fetch(`${base}/api/web/auth/ticket`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-App-Request': '1', ...sent },
    body: JSON.stringify({ ticket: auth.loginTickets.issue(true) }),
  });
  const cookie = response.headers.get('set-cookie')!;
  const own = { Cookie: cookie.split(';', 1)[0], 'X-App-Request': '1', 'Content-Type': 'application/json' };
  const write = await raw('/api/web/things/clear', { ...own, ...sent, Origin: origin }, 'POST');
  return { cookie, status: write.status, body: write.body };
}

it('keeps the session over TLS in a cookie that only TLS and only this host can set', async () => {
  await start({ reverseProxy: TRUSTED });
  const { cookie, status } = await aWrite({ ...OVER_TLS, Host: 'music.example' }, 'https://music.example');
  expect(cookie).toMatch(/^__Host-tonearm_session=.*; Path=\/; .*HttpOnly; Secure; SameSite=Strict$/);
  expect(status).toBe(200);
});

it('takes over TLS no cookie that plain HTTP may have planted', async () => {
  const { auth, raw } = await start({ reverseProxy: TRUSTED });
  const token = auth.sessions.begin({});
  const ask = async (name: string) =>
    (await raw('/api/web/things/1', { ...OVER_TLS, Host: 'music.example', Cookie: `${name}=${token}` })).status;
  expect(await ask('__Host-tonearm_session')).toBe(200);
  expect(await ask('tonearm_session')).toBe(401);
});

it('keeps it below the path where there is one', async () => {
  await start({ reverseProxy: aProxy({ trustedProxies: ['127.0.0.1'], basePath: '/tonearm' }) });
  const host = { Host: `127.0.0.1:${server.port}` };
  const { cookie } = await aWrite({ ...OVER_TLS, ...host }, `https://127.0.0.1:${server.port}`);
  expect(cookie).toMatch(/^__Secure-tonearm_session=.*; Path=\/tonearm; .*Secure/);
  const direct = await aWrite(host, `http://127.0.0.1:${server.port}`);
  expect(direct.cookie).toMatch(/^tonearm_session=.*; Path=\/;/);
  expect(direct.status).toBe(200);
});

it('believes the path of a header from trusted proxies alone, and only where it is a path', async () => {
  await start({ reverseProxy: TRUSTED });
  const pathOf = async (prefix: string, more = OVER_TLS as Record<string, string>) =>
    /Path=([^;]*)/.exec((await aWrite({ ...more, 'X-Forwarded-Prefix': prefix }, 'https://music.example')).cookie)![1];
  expect(await pathOf('/tonearm/')).toBe('/tonearm');
  for (const odd of ['//evil.example', '/a b', '/a;Domain=evil', 'tonearm']) expect(await pathOf(odd)).toBe('/');
});

it('answers below its path and at the root, and adds the slash that the page needs', async () => {
  const { get, raw, port } = await start({ reverseProxy: aProxy({ basePath: 'tonearm' }) });
  for (const path of ['/tonearm/health', '/health']) expect((await get(path)).status).toBe(200);
  expect((await get('/tonearmhealth')).status).toBe(404);
  expect((await get('/tonearm/tonearm/health')).status).toBe(404);
  expect((await raw('/tonearm?x=1', { Host: `127.0.0.1:${port}` })).status).toBe(308);
  const response = await fetch(`${server.base}/tonearm?x=1`, { redirect: 'manual' });
  expect(response.headers.get('location')).toBe('./tonearm/?x=1');
});

it('lets the page write where the proxy passes on the name without its port', async () => {
  await start({ reverseProxy: TRUSTED });
  const sent = { ...OVER_TLS, Host: 'music.example' };
  expect((await aWrite(sent, 'https://music.example:8943')).status).toBe(200);
  for (const origin of ['https://evil.example', 'https://music.example.evil.example', 'http://music.example', 'null'])
    expect((await aWrite(sent, origin)).status).toBe(403);
});

it('lets the page write where nobody trusted ends TLS, if the browser vouches for it, and else says what is missing', async () => {
  await start({ reverseProxy: aProxy({ allowedHosts: ['music.example'] }) });
  const sent = { ...OVER_TLS, Host: 'music.example' };
  const vouched = { ...sent, 'Sec-Fetch-Site': 'same-origin' };
  expect((await aWrite(vouched, 'https://music.example:8943')).status).toBe(200);
  expect((await aWrite(vouched, 'https://evil.example')).status).toBe(403);
  expect((await aWrite({ ...sent, 'Sec-Fetch-Site': 'same-site' }, 'https://music.example')).status).toBe(403);
  const refused = await aWrite(sent, 'https://music.example');
  expect(refused.status).toBe(403);
  expect(refused.body).toContain('TONEARM_TRUSTED_PROXIES');
});
