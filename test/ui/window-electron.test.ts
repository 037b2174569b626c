import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { electronBinary, requires } from '../support/requirements';
import { softChords, wavOf } from '../support/synthetic-audio';

const { describe } = requires('electron', 'a display');

const ROOT = join(import.meta.dirname, '../..');

const executablePath = electronBinary();

interface Started {
  readonly application: ElectronApplication;
  readonly page: Page;
}

/** A folder of its own for each test: two applications with one folder would be one. */
function aFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-electron-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/**
 * @param hasSandbox Chromium's own, which root has none of, and some kernels refuse to others
 */
async function start(data: string, hasSandbox = process.platform !== 'linux'): Promise<Started> {
  const application = await launch(data, hasSandbox);
  onTestFinished(() => application.close());
  const page = await application.firstWindow();
  page.setDefaultTimeout(30_000);
  return { application, page };
}

const launch = (data: string, hasSandbox: boolean) =>
  _electron.launch({
    executablePath,
    args: [ROOT],
    chromiumSandbox: hasSandbox,
    env: { ...(process.env as Record<string, string>), TONEARM_DATA: data, TONEARM_PORT: '0' },
  });

const call = (page: Page, name: string, input: object) =>
  page.evaluate(`window.tonearm.call(${JSON.stringify(name)}, ${JSON.stringify(input)})`) as Promise<{
    ok: boolean;
    value: unknown;
  }>;

describe('the real Electron', () => {
  it('opens its window with the page of an empty library', async () => {
    const { page } = await start(aFolder());
    await page.getByRole('heading', { name: 'Welcome to Tonearm' }).waitFor();
    expect(page.url()).toMatch(/^app:\/\/ui\//);
  });

  it('keeps Node and Electron out of the page', async () => {
    const { page } = await start(aFolder());
    const types = '[typeof require, typeof process, typeof module, typeof global, typeof window.ipcRenderer]';
    expect(new Set((await page.evaluate(types)) as string[])).toEqual(new Set(['undefined']));
    expect(await page.evaluate('Object.keys(window.tonearm).sort()')).toEqual(['call', 'on', 'pathsOf']);
  });

  it('answers a call over the real bridge', async () => {
    const { page } = await start(aFolder());
    expect(await call(page, 'libraries.list', {})).toEqual({ ok: true, value: [] });
  });

  it('has a database, and loads the analyzer in a utility process: a file is heard', async () => {
    const folder = aFolder();
    const music = join(folder, 'music');
    mkdirSync(music);
    writeFileSync(join(music, 'chords.wav'), wavOf(softChords, { seconds: 12 }));
    const { page } = await start(join(folder, 'data'));
    expect(await call(page, 'libraries.add', { name: 'Music', root_path: music })).toMatchObject({ ok: true });
    await call(page, 'libraries.scan', { id: 1, enqueue: true });
    const analyzed = async () => JSON.stringify(await call(page, 'queue.list', { limit: 9 }));
    await expect.poll(analyzed, { timeout: 60_000 }).toContain('"status":"done"');
  });

  it('leads nowhere else: another address, another window and a permission are refused', async () => {
    const { application, page } = await start(aFolder());
    await page.getByRole('heading', { name: 'Welcome to Tonearm' }).waitFor();
    await page.evaluate(`location.href = 'https://example.org/'`).catch(() => {});
    await page.evaluate(`void window.open('https://example.org/')`);
    expect(await page.evaluate(`Notification.requestPermission()`)).not.toBe('granted');
    expect(page.url()).toMatch(/^app:\/\/ui\//);
    expect(application.windows()).toHaveLength(1);
  });

  it('is one application for a data folder: the second ends and shows the window of the first', async () => {
    const data = aFolder();
    const { application } = await start(data);
    const window = await application.browserWindow(await application.firstWindow());
    await window.evaluate((each) => each.minimize());
    const second = await launch(data, process.platform !== 'linux').catch(() => undefined);
    // It may be gone before anybody could speak to it.
    if (second && second.process().exitCode === null) await second.waitForEvent('close');
    await expect.poll(() => window.evaluate((each) => each.isMinimized())).toBe(false);
    expect(application.windows()).toHaveLength(1);
  });

  it('is another application for another data folder', async () => {
    const [one, other] = [await start(aFolder()), await start(aFolder())];
    expect(one.application.process().pid).not.toBe(other.application.process().pid);
    expect(await call(other.page, 'libraries.list', {})).toEqual({ ok: true, value: [] });
  });

  it('keeps all it writes in its data folder', async () => {
    const data = aFolder();
    const { application, page } = await start(data);
    await page.getByRole('heading', { name: 'Welcome to Tonearm' }).waitFor();
    expect(await application.evaluate(({ app }) => app.getPath('userData'))).toBe(join(data, 'window'));
    expect(existsSync(join(data, 'tonearm.db'))).toBe(true);
  });

  it.skipIf(process.platform === 'linux' && process.getuid?.() === 0)(
    'starts with Chromium’s sandbox on, which root cannot',
    async () => {
      const { application, page } = await start(aFolder(), true);
      await page.getByRole('heading', { name: 'Welcome to Tonearm' }).waitFor();
      const command = await application.evaluate(() => process.argv.join(' '));
      expect(command).not.toContain('--no-sandbox');
    },
  );
});
