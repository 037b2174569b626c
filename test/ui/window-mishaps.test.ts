import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium';
import { requires } from '../support/requirements';
import { type Stub, startStub } from './window-stub';

const { describe } = requires('chromium');

describe('the page when something goes wrong', () => {
  let stub: Stub;
  let browser: Browser;
  let page: Page;
  const askedFor = (wanted: string) => stub.asked.filter(({ name }) => name === wanted).length;
  const failure = (text: string) => page.getByRole('alert').filter({ hasText: text }).waitFor();

  /** Logs in by a link and goes to a screen. */
  async function enter(hash: string) {
    await page.goto(stub.link());
    await page.getByRole('grid', { name: 'Tracks' }).waitFor();
    await page.evaluate(`location.hash = ${JSON.stringify(hash)}`);
  }

  beforeAll(async () => {
    stub = await startStub();
    browser = await launchChromium();
  });
  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
    page.setDefaultTimeout(10_000);
  });
  afterEach(() => page.close());
  afterAll(async () => {
    await browser?.close();
    await stub?.close();
  });

  it('opens the stream of events again after it was refused, and asks anew for what it had', async () => {
    await page.clock.install();
    let isRefused = true;
    const refused = new Promise<void>((resolve) => {
      void page.route('**/api/web/events/status', async (route) => {
        if (!isRefused) return route.continue();
        isRefused = false;
        await route.fulfill({ status: 429, body: '{}' });
        resolve();
      });
    });
    await enter('#/queue');
    await refused;
    await page.getByRole('heading', { name: 'Queue', level: 1 }).waitFor();
    await expect
      .poll(
        async () => {
          await page.clock.fastForward(20_000);
          stub.changeJob(40, { phase: 'writing', phase_label: 'Writing tags', progress: 0.9 });
          return page.getByText('Writing tags').count();
        },
        { timeout: 20_000 },
      )
      .toBe(1);
  });

  it('makes one key of two presses', async () => {
    await enter('#/settings/security');
    await page.getByRole('button', { name: 'New key …' }).click();
    await page.getByLabel('What it is for').fill('Lidarr');
    await page.evaluate(`(() => {
      const form = document.querySelector('dialog form');
      form.requestSubmit();
      form.requestSubmit();
    })()`);
    await page.getByRole('heading', { name: 'Your key' }).waitFor();
    expect(askedFor('auth.createKey')).toBe(1);
  });

  it('says what is wrong with a field at that field and goes there, and the rest above the form', async () => {
    await page.setViewportSize({ width: 1280, height: 600 });
    await enter('#/connections');
    await page.getByRole('button', { name: 'Add a connection' }).first().click();
    const dialog = page.getByRole('dialog');
    let answer: object = {};
    await page.route('**/api/web/connections', (route) =>
      route.request().method() === 'POST' ? route.fulfill({ status: 400, json: answer }) : route.continue(),
    );
    answer = { error: 'x', code: 'conflict', details: [{ path: 'name', message: 'Another one is called that.' }] };
    const name = dialog.getByLabel('Name in Tonearm');
    await dialog.getByLabel('Address').fill('http://127.0.0.1:1');
    for (const secret of await dialog.locator('input[required]').all()) await secret.fill('http://127.0.0.1:1');
    await dialog.getByRole('button', { name: 'Save and test' }).click();
    await dialog.getByRole('alert').filter({ hasText: 'Another one is called that.' }).waitFor();
    expect(await name.getAttribute('aria-invalid')).toBe('true');
    await expect.poll(() => page.evaluate('document.activeElement.name')).toBe('name');
    const said = (await dialog.getByRole('alert').boundingBox())!;
    const buttons = (await dialog.locator('footer').boundingBox())!;
    expect(said.y + said.height, 'seen without scrolling').toBeLessThanOrEqual(buttons.y);
    await name.fill('Other');
    await expect.poll(() => dialog.getByRole('alert').count()).toBe(0);
    answer = { error: 'The disk is full.', code: 'disk_full', details: [] };
    await dialog.getByRole('button', { name: 'Save and test' }).click();
    await dialog.getByRole('alert').filter({ hasText: 'The disk is full.' }).waitFor();
    expect(await page.getByRole('alert').filter({ hasText: 'The disk is full.' }).count()).toBe(1);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(() => page.getByText('The disk is full.').count()).toBe(0);
  });

  it('says at a setting why its value was refused', async () => {
    await enter('#/settings');
    const field = page.getByLabel('Shortest track, in seconds');
    await page.route('**/api/web/settings', (route) =>
      route.request().method() === 'GET'
        ? route.continue()
        : route.fulfill({
            status: 400,
            json: { error: 'x', details: [{ path: 'min_duration_s', message: 'has to be 1 or more' }] },
          }),
    );
    await field.fill('0');
    await field.press('Enter');
    await failure('Has to be 1 or more.');
    expect(await field.getAttribute('aria-invalid')).toBe('true');
  });

  it('saves no number where none was entered', async () => {
    await enter('#/settings');
    const field = page.getByLabel('Shortest track, in seconds');
    await field.fill('');
    await field.press('Enter');
    await field.fill('9');
    await field.press('Enter');
    await page.getByText('Saved.').waitFor();
    expect(stub.asked.filter(({ name }) => name === 'settings.update')).toMatchObject([
      { input: { min_duration_s: 9 } },
    ]);
  });

  it('says that a search failed, instead of rows that never come', async () => {
    await enter('#/library');
    await page.route(/\/api\/web\/tracks\?.*query=harbour/, (route) =>
      route.fulfill({ status: 500, json: { error: 'The disk is on holiday.', code: 'internal' } }),
    );
    await page.getByRole('searchbox').fill('harbour');
    await failure('The disk is on holiday.');
  });

  it('stays where it is while a dialog asks, whatever letters are pressed', async () => {
    await enter('#/library');
    await page.getByRole('button', { name: 'Settings of Music' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).focus();
    await page.keyboard.press('g');
    await page.keyboard.press('q');
    await page.keyboard.press('/');
    expect(await page.evaluate('[location.hash, document.activeElement.textContent]')).toEqual(['#/library', 'Cancel']);
  });

  it('does not say that someone is logged out who is not', async () => {
    await enter('#/settings');
    await page.route('**/api/web/auth/logout', (route) => route.abort());
    await page.getByRole('button', { name: 'Log out' }).click();
    await failure('Tonearm does not answer.');
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
  });

  it('tells that a file of a calibration could not be read', async () => {
    await enter('#/calibration');
    await page.getByRole('heading', { name: 'Versions' }).waitFor();
    await page.evaluate(`File.prototype.text = () => Promise.reject(new Error('The file is gone.'))`);
    await page.setInputFiles('input[accept*=json]', {
      name: 'a.json',
      mimeType: 'application/json',
      buffer: Buffer.from('{}'),
    });
    await failure('The file is gone.');
  });

  it('tells that the file of a playlist could not be read', async () => {
    await enter('#/playlists/import');
    await page.getByLabel('Playlist file').waitFor();
    await page.evaluate(`FileReader.prototype.readAsDataURL = () => {
      throw new Error('The playlist is gone.');
    }`);
    await page.setInputFiles('input[accept*=m3u]', {
      name: 'a.m3u',
      mimeType: 'audio/mpegurl',
      buffer: Buffer.from(''),
    });
    await failure('The playlist is gone.');
  });
});
