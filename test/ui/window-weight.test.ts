import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium';
import { requires } from '../support/requirements';
import { type Stub, startStub } from './window-stub';

const { describe } = requires('chromium');

/** In bytes, as they travel: the page, its scripts and its styles, until the first screen stands. */
const FIRST_PAINT_MAX = 200_000;
const PARTS = ['Document', 'Script', 'Stylesheet'];

interface Transfer {
  readonly url: string;
  readonly encoding: string | undefined;
  bytes: number;
}

/** What goes over the wire from now on. */
async function watchTransfers(page: Page): Promise<Map<string, Transfer>> {
  const cdp: CDPSession = await page.context().newCDPSession(page);
  const transfers = new Map<string, Transfer>();
  await cdp.send('Network.enable');
  cdp.on('Network.responseReceived', ({ requestId, type, response: { url, headers } }) => {
    const encoding = headers['content-encoding'] ?? headers['Content-Encoding'];
    if (PARTS.includes(type)) transfers.set(requestId, { url, encoding, bytes: 0 });
  });
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const transfer = transfers.get(requestId);
    if (transfer) transfer.bytes = encodedDataLength;
  });
  return transfers;
}

describe('the weight of the page', () => {
  let stub: Stub;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    stub = await startStub();
    browser = await launchChromium();
    page = await (await browser.newContext()).newPage();
    page.setDefaultTimeout(10_000);
  });
  afterAll(async () => {
    await browser?.close();
    await stub?.close();
  });

  it('shows the library after at most 200 kB, compressed', async () => {
    const transfers = await watchTransfers(page);
    await page.goto(stub.link());
    await page.getByRole('grid', { name: 'Tracks' }).waitFor();
    const all = [...transfers.values()];
    const bytes = all.reduce((sum, each) => sum + each.bytes, 0);
    console.log(`first paint: ${all.length} files, ${bytes} bytes`);
    expect(all.filter((each) => each.bytes > 4096 && each.encoding !== 'br')).toEqual([]);
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThanOrEqual(FIRST_PAINT_MAX);
  });

  it('fetches of a screen only what it needs, when it is opened, and nothing of it twice', async () => {
    const transfers = await watchTransfers(page);
    const names = () => [...transfers.values()].map(({ url }) => url.replace(/.*\/|-[\w-]{8}\.\w+$/g, ''));
    await page.getByRole('link', { name: 'Analytics' }).click();
    await page.getByRole('heading', { name: 'Analytics', level: 1 }).waitFor();
    expect(names()).toContain('AnalyticsPage');
    expect(names().filter((name) => name.endsWith('Page') && name !== 'AnalyticsPage')).toEqual([]);
    transfers.clear();
    await page.reload();
    await page.getByRole('heading', { name: 'Analytics', level: 1 }).waitFor();
    expect(names()).toContain('AnalyticsPage');
    // What comes out of the browser's own cache has no bytes.
    expect([...transfers.values()].filter(({ url, bytes }) => url.includes('/assets/') && bytes > 0)).toEqual([]);
  });

  it('keeps the frame when a screen cannot be fetched, says so, and fetches it on another try', async () => {
    await page.route(/ModelsPage/, (route) => route.abort());
    await page.getByRole('link', { name: 'Models' }).click();
    await page.getByRole('alert').filter({ hasText: 'A part of the page could not be fetched.' }).waitFor();
    await page.getByRole('link', { name: 'Queue', exact: true }).click();
    await page.getByRole('heading', { name: 'Queue', level: 1 }).waitFor();
    await page.getByRole('link', { name: 'Models' }).click();
    await page.getByRole('alert').filter({ hasText: 'A part of the page could not be fetched.' }).waitFor();
    await page.unroute(/ModelsPage/);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'Models', level: 1 }).waitFor();
  });
});
