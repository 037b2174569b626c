import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../..');

/** Electron's binary, found without importing `electron`, which would try to download it. */
function electronBinary(): string | undefined {
  if (process.env.ELECTRON_TEST_BINARY) return process.env.ELECTRON_TEST_BINARY;
  const folder = join(ROOT, 'node_modules/electron');
  const named = join(folder, 'path.txt');
  const binary = existsSync(named) ? join(folder, 'dist', readFileSync(named, 'utf8').trim()) : undefined;
  return binary !== undefined && existsSync(binary) ? binary : undefined;
}

const executablePath = electronBinary();
const isSkipped = !executablePath || (process.platform === 'linux' && !process.env.DISPLAY);

describe.skipIf(isSkipped)('the real Electron (needs its binary, and on Linux a display)', () => {
  const data = mkdtempSync(join(tmpdir(), 'tonearm-electron-'));
  let application: ElectronApplication;
  let page: Page;

  beforeAll(async () => {
    application = await _electron.launch({
      executablePath,
      args: [ROOT, ...(process.platform === 'linux' ? ['--no-sandbox'] : [])],
      env: { ...(process.env as Record<string, string>), TONEARM_DATA: data, TONEARM_PORT: '0' },
    });
    page = await application.firstWindow();
  });
  afterAll(async () => {
    await application?.close();
    rmSync(data, { recursive: true, force: true });
  });

  it('opens its window with the page of an empty library', async () => {
    await page.getByRole('heading', { name: 'Welcome to Tonearm' }).waitFor();
    expect(page.url()).toMatch(/^app:\/\/ui\//);
  });

  it('keeps Node and Electron out of the page', async () => {
    expect(await page.evaluate('[typeof require, typeof process, typeof window.ipcRenderer]')).toEqual([
      'undefined',
      'undefined',
      'undefined',
    ]);
    expect(await page.evaluate('Object.keys(window.tonearm).sort()')).toEqual(['call', 'on', 'pathsOf']);
  });

  it('answers a call over the real bridge', async () => {
    expect(await page.evaluate(`window.tonearm.call('libraries.list', {})`)).toEqual({ ok: true, value: [] });
  });
});
