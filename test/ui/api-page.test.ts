import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { afterEach, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../src-main/transport/http/test-server';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

let server: TestServer | undefined;
afterEach(() => server?.server.close());

it.skipIf(!CHROMIUM)('shows the page in a browser without breaking the content policy (needs Chromium)', async () => {
  server = await startTestServer();
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`${server.base}/docs`);
    await page.getByText('/api/web/events/status').waitFor();
    expect(complaints).toEqual([]);
  } finally {
    await browser.close();
  }
});
