import { type Browser, type BrowserContext, chromium } from 'playwright-core';

let browser: Browser | undefined;
let opening: Promise<void> | undefined;
export let context: BrowserContext;

/** Starts the system's Chromium; the test attaches to the same one by its debugging port. */
export const openChromium = (): Promise<void> => {
  opening ??= open();
  return opening;
};

async function open() {
  browser = await chromium.launch({
    executablePath: process.env.STAND_IN_CHROMIUM,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      `--remote-debugging-port=${process.env.STAND_IN_PORT}`,
    ],
  });
  context = await browser.newContext({ viewport: { width: 1240, height: 840 } });
}

export const closeChromium = async () => browser?.close();
