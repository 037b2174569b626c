import { afterEach, expect } from 'vitest';
import { startTestServer, type TestServer } from '../../src-main/transport/http/test-server';
import { launchChromium } from '../support/chromium';
import { requires } from '../support/requirements';

const { it } = requires('chromium');

let server: TestServer | undefined;
afterEach(() => server?.server.close());

it('shows the page in a browser without breaking the content policy', async () => {
  server = await startTestServer();
  const browser = await launchChromium();
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
