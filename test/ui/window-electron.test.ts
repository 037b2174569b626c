import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { electronBinary, requires } from '../support/requirements';

const { describe } = requires('electron', 'a display');

const ROOT = join(import.meta.dirname, '../..');

const executablePath = electronBinary();

describe('the real Electron', () => {
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
