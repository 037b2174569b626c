import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { nom } from '../e2e/nom';
import { type Desktop, startDesktop } from '../support/electron/start';
import { requires } from '../support/requirements';

const PRELOAD = new URL('../../out/preload/index.cjs', import.meta.url).pathname;

function makeMusic(folder: string): void {
  mkdirSync(join(folder, 'Tides'), { recursive: true });
  for (const [name, hertz] of [
    ['Paper boats', 220],
    ['Undertow', 330],
  ] as const) {
    const tags = ['-metadata', `title=${name}`, '-metadata', 'artist=Ottoline', '-metadata', 'album=Tides'];
    const sound = `sine=frequency=${hertz}:duration=9`;
    execFileSync('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', sound, ...tags, join(folder, 'Tides', `${name}.flac`)]);
  }
}

/** Drops real paths on the middle of the window, as the operating system would. */
async function drop(page: Page, files: string[]): Promise<void> {
  const cdp: CDPSession = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await cdp.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data });
  }
}

requires('chromium', 'ffmpeg').describe('the desktop application with the stand-in for Electron', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-window-'));
  const music = join(folder, 'Records');
  let desktop: Desktop;
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    makeMusic(music);
    desktop = await startDesktop({ data: join(folder, 'data') });
    ({ page, browser } = await desktop.attach());
    page.setDefaultTimeout(15_000);
    page.on('pageerror', (error) => problems.push(error.message));
  });
  afterAll(async () => {
    desktop?.kill();
    await browser?.close().catch(() => {});
    rmSync(folder, { recursive: true, force: true });
  });

  const record = (name: string) =>
    desktop
      .tell<{ name: string; args: unknown[] }[]>({ do: 'record' })
      .then((all) => all.filter((entry) => entry.name === name).map(({ args }) => args));

  it('opens its window without Node, in a sandbox, and shows it when the page is ready', async () => {
    await page.getByRole('heading', { name: 'Welcome to Tonearm' }).waitFor();
    const [[options]] = (await record('new BrowserWindow')) as [[{ webPreferences: object; show: boolean }]];
    expect(options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
    expect(options.show).toBe(false);
    expect(await record('app.enableSandbox')).toHaveLength(1);
    expect(await desktop.tell({ do: 'window state' })).toEqual({ isShown: true, isClosed: false });
    expect(await record('session.setPermissionRequestHandler')).toEqual([['function']]);
  });

  it('gives the page a bridge of three functions, from a preload that requires nothing but electron', async () => {
    expect(await page.evaluate('Object.keys(window.tonearm).sort()')).toEqual(['call', 'on', 'pathsOf']);
    const required = [...readFileSync(PRELOAD, 'utf8').matchAll(/\brequire\(\s*["'`]([^"'`]+)["'`]\s*\)/g)];
    expect(new Set(required.map(([, name]) => name))).toEqual(new Set(['electron']));
    expect(await page.evaluate(`window.tonearm.call('fs.readFile', {}).catch((error) => error.message)`)).toContain(
      'There is no procedure',
    );
  });

  it('says what a dropped folder would do, then adds it, analyzes it, and shows one track', async () => {
    await drop(page, [music]);
    const dialog = page.getByRole('dialog', { name: '2 tracks to analyze' });
    await dialog.waitFor();
    expect(await dialog.textContent()).toContain('becomes a library');
    await page.getByRole('button', { name: 'Add and analyze' }).click();
    await page.getByRole('row', { name: /Paper boats/ }).waitFor();
    await page.getByRole('row', { name: /Paper boats.*analyzed/ }).waitFor();

    await page.getByRole('link', { name: 'Queue', exact: true }).click();
    await page.getByRole('heading', { name: 'Queue' }).waitFor();
    await page.getByRole('row', { name: /Undertow\.flac/ }).waitFor();

    await page.getByRole('link', { name: 'Library', exact: true }).click();
    await page.getByRole('row', { name: /Paper boats/ }).click();
    await page.getByRole('heading', { name: 'Paper boats' }).waitFor();
    await page.getByText('LUFS').waitFor();
    expect(await page.getByRole('region', { name: 'Tags' }).textContent()).toContain('proposed');
  });

  it('writes the proposed tags into the file and puts the file back byte for byte', async () => {
    const file = join(music, 'Tides', 'Paper boats.flac');
    const before = readFileSync(file);
    await page.getByRole('button', { name: /^Write \d+ change/ }).click();
    await page.getByRole('button', { name: 'Nothing to write' }).waitFor();
    expect(readFileSync(file).equals(before)).toBe(false);
    await page.getByRole('button', { name: 'Undo last write' }).click();
    await page.getByRole('button', { name: /^Write \d+ change/ }).waitFor();
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('turns away a call whose frame shows another page', async () => {
    const call = `window.tonearm.call('libraries.list', {})`;
    for (const url of [
      'https://evil.example/',
      'app://ui.evil.example/',
      'app://media/',
      'about:blank',
      'app://u@ui/',
    ]) {
      await desktop.tell({ do: 'pretend', url });
      expect(await page.evaluate(call), url).toMatchObject({ ok: false, error: { code: 'forbidden' } });
    }
    await desktop.tell({ do: 'pretend', url: undefined });
    expect(await page.evaluate(call)).toMatchObject({ ok: true });
  });

  it('blocks inline scripts by its content policy', async () => {
    await page.evaluate(`{
      const script = document.createElement('script');
      script.textContent = 'window.wasRun = true';
      document.head.append(script);
    }`);
    expect(await page.evaluate('window.wasRun')).toBeUndefined();
  });

  it('stays on its own page and opens no other window', async () => {
    const here = page.url();
    await page.evaluate(`location.href = 'https://evil.example/'`);
    await expect.poll(() => record('will-navigate')).toContainEqual(['https://evil.example/', 'prevented']);
    expect(page.url()).toBe(here);
    expect(problems).toEqual([]);
  });

  it('serves no file from outside the page’s folder', async () => {
    const status = `fetch('/..%2f..%2fpackage.json').then((response) => response.status)`;
    expect(await page.evaluate(status)).toBe(404);
  });

  it('offers the queue in the tray, in words', async () => {
    expect(await desktop.tell({ do: 'menu' })).toEqual([
      expect.stringMatching(/ \(off\)$/),
      '—',
      'Open Tonearm',
      'Add files…',
      '—',
      'Pause',
      'Pause for 1 hour',
      '—',
      'Quit',
    ]);
    await desktop.tell({ do: 'click', label: 'Pause' });
    await expect.poll(() => desktop.tell({ do: 'menu' }), { timeout: 5000 }).toContain('Resume');
    await desktop.tell({ do: 'click', label: 'Resume' });
    await expect.poll(() => desktop.tell({ do: 'menu' }), { timeout: 5000 }).toContain('Pause');
  });

  it('takes files that a second start hands over', async () => {
    await desktop.tell({ do: 'second instance', files: [join(music, 'Tides', 'Undertow.flac')] });
    const dialog = page.getByRole('dialog', { name: '1 track to analyze' });
    await dialog.waitFor();
    expect(await dialog.textContent()).toContain('in Records');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('ends in order when it is quit: the database is closed, nothing is left running', async () => {
    await desktop.tell({ do: 'click', label: 'Quit' });
    expect(await desktop.exited).toBe(0);
    expect(
      readFileSync(join(folder, 'data', 'tonearm.db'))
        .subarray(0, 15)
        .toString(),
    ).toBe('SQLite format 3');
  });
});

requires('chromium').describe('a second start of the desktop application', () => {
  it('hands its files to the first and leaves before it opens anything', async () => {
    const data = mkdtempSync(join(tmpdir(), 'tonearm-second-'));
    const desktop = await startDesktop({ data, args: ['song.mp3'], env: { STAND_IN_SECOND_INSTANCE: '1' } });
    expect(await desktop.exited).toBe(0);
    rmSync(data, { recursive: true });
  });
});

requires('chromium').describe('a desktop application whose database is damaged', () => {
  it('asks whether to restore the newest backup, and opens with it', async () => {
    const data = mkdtempSync(join(tmpdir(), 'tonearm-damaged-'));
    expect((await nom(data, ['backup'])).code).toBe(0);
    truncateSync(join(data, 'tonearm.db'), 50_000);
    const desktop = await startDesktop({ data });
    const { page, browser } = await desktop.attach();
    await page.getByRole('heading', { name: 'Welcome to Tonearm' }).waitFor();
    const record = await desktop.tell<{ name: string; args: unknown[] }[]>({ do: 'record' });
    const [asked] = record.filter(({ name }) => name === 'dialog.showMessageBox');
    expect(asked.args[0]).toMatchObject({
      detail: expect.stringContaining('is cut short'),
      buttons: ['Restore the newest backup', 'Quit'],
    });
    desktop.kill();
    await browser.close().catch(() => {});
    rmSync(data, { recursive: true, force: true });
  });
});
