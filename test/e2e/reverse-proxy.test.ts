import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium';
import { freePort, startNginx } from '../support/nginx';
import { requires } from '../support/requirements';
import { temporaryFolder } from '../support/small-music';
import { type Served, serve, until } from './served';

const PASSWORD = 'correct horse battery';

/** What the documentation tells people to write. */
const PASSED_ON = `proxy_set_header Host $host; proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
  proxy_set_header X-Forwarded-Proto $scheme; proxy_buffering off;`;

requires('nginx', 'openssl', 'chromium').describe('behind nginx', () => {
  const folder = temporaryFolder('nginx');
  const ports = { root: 0, stripped: 0, whole: 0, told: 0 };
  let served: Served;
  let below: Served;
  let nginx: Awaited<ReturnType<typeof startNginx>>;
  let browser: Browser;
  const contexts: BrowserContext[] = [];

  beforeAll(async () => {
    const names = ['--allow-host', 'music.test'];
    served = await serve({ data: join(folder.path, 'data'), args: [...names, '--trust-proxy', '127.0.0.1'] });
    const env = { TONEARM_BASE_PATH: 'tonearm/', TONEARM_TRUSTED_PROXIES: '127.0.0.0/8, ::1' };
    below = await serve({ data: join(folder.path, 'below'), args: names, env });
    for (const each of [served, below]) await each.api.auth.setPassword({ password: PASSWORD });
    for (const name of Object.keys(ports) as (keyof typeof ports)[]) ports[name] = await freePort();
    nginx = await startNginx(
      join(folder.path, 'nginx'),
      `
      server { listen 127.0.0.1:${ports.root} ssl; @TLS@ location / { proxy_pass ${served.address}; ${PASSED_ON} } }
      server { listen 127.0.0.1:${ports.told} ssl; @TLS@ location /deep/er/ { proxy_pass ${served.address}/;
        proxy_set_header X-Forwarded-Prefix /deep/er; ${PASSED_ON} } }
      server { listen 127.0.0.1:${ports.stripped} ssl; @TLS@ location /tonearm/ { proxy_pass ${below.address}/; ${PASSED_ON} } }
      server { listen 127.0.0.1:${ports.whole} ssl; @TLS@ location /tonearm { proxy_pass ${below.address}; ${PASSED_ON} } }`,
    );
    browser = await launchChromium('--host-resolver-rules=MAP music.test 127.0.0.1');
    await until('nginx to listen', () => answers(`https://127.0.0.1:${ports.root}/`, browser), 20_000);
  });
  afterAll(async () => {
    for (const context of contexts) await context.close();
    await browser?.close();
    await nginx?.stop();
    await served?.stop();
    await below?.stop();
    folder.remove();
  });

  /** A page of a browser of its own, and what it could not fetch. */
  async function aPage(): Promise<{ page: Page; context: BrowserContext; failed: string[] }> {
    const context = await browser.newContext({ ignoreHTTPSErrors: true });
    contexts.push(context);
    const page = await context.newPage();
    const failed: string[] = [];
    page.on('response', (response) => {
      if (response.status() >= 400) failed.push(`${response.status()} ${response.url()}`);
    });
    page.on('pageerror', (error) => failed.push(error.message));
    return { page, context, failed };
  }

  const ways = [
    { name: 'at the root of a name', port: 'root', path: '/', cookie: ['__Host-tonearm_session', '/'] },
    { name: 'below a path that the proxy takes off', port: 'stripped', path: '/tonearm/' },
    { name: 'below a path that the proxy leaves', port: 'whole', path: '/tonearm/' },
    { name: 'below a path that only the proxy tells', port: 'told', path: '/deep/er/' },
  ] as const;

  for (const { name, port, path, ...way } of ways) {
    it(`logs in over TLS, pauses the queue and hears of it ${name}`, async () => {
      const { api } = port === 'root' || port === 'told' ? served : below;
      const base = `https://music.test:${ports[port]}${path}`;
      const { page, context, failed } = await aPage();
      await page.goto(`${base}#/queue`);
      await page.getByLabel('Password').fill(PASSWORD);
      await page.getByRole('button', { name: 'Log in', exact: true }).click();
      await page.getByRole('button', { name: 'Pause', exact: true }).click();
      await page.getByRole('button', { name: 'Resume', exact: true }).waitFor();
      expect((await api.queue.status({})).paused).toBe(true);
      // Nothing in the page asks for it: the stream of events has to tell.
      await api.queue.resume({});
      await page.getByRole('button', { name: 'Pause', exact: true }).waitFor();
      const cookies = await context.cookies(base);
      const [cookieName, cookiePath] = 'cookie' in way ? way.cookie : ['__Secure-tonearm_session', path.slice(0, -1)];
      expect(cookies).toContainEqual(
        expect.objectContaining({ name: cookieName, path: cookiePath, secure: true, httpOnly: true }),
      );
      expect(failed).toEqual([]);
    });

    it(`shows the API's page, and sends on who comes from old addresses, ${name}`, async () => {
      const base = `https://music.test:${ports[port]}${path}`;
      const { page, failed } = await aPage();
      await page.goto(`${base}docs`);
      await page.getByText('/api/web/events/status').waitFor();
      expect(await page.evaluate('getComputedStyle(document.body).maxWidth')).not.toBe('none');
      await page.getByRole('link', { name: 'openapi.json' }).click();
      expect(page.url()).toBe(`${base}openapi.json`);
      const { servers } = JSON.parse(await page.locator('pre').innerText()) as { servers: { url: string }[] };
      expect(new URL(`${servers[0].url.replace(/\/$/, '')}/`, page.url()).href).toBe(base);
      await page.goto(`${base}web/queue`);
      expect(page.url()).toBe(`${base}#/queue`);
      if (path !== '/') {
        await page.goto(base.slice(0, -1));
        await page.getByLabel('Password').waitFor();
        expect(page.url().startsWith(base)).toBe(true);
      }
      expect(failed).toEqual([]);
    });
  }
});

async function answers(url: string, browser: Browser): Promise<boolean> {
  const context = await browser.newContext({ ignoreHTTPSErrors: true });
  try {
    return (await context.request.get(url)).status() > 0;
  } catch {
    return false;
  } finally {
    await context.close();
  }
}
