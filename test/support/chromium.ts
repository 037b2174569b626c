import { type Browser, chromium } from 'playwright-core';
import { pathOf } from './requirements';

export const CHROMIUM_ARGS = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'];

export const launchChromium = (...args: string[]): Promise<Browser> =>
  chromium.launch({ executablePath: pathOf('chromium'), args: [...CHROMIUM_ARGS, ...args] });
