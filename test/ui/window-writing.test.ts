import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { violations } from '../support/axe';
import { launchChromium } from '../support/chromium';
import { requires } from '../support/requirements';
import { type Stub, startStub } from './window-stub';

const { describe } = requires('chromium');

describe('what a person writes, takes away and builds on the page', () => {
  let stub: Stub;
  let browser: Browser;
  let page: Page;
  const askedFor = (wanted: string) => stub.asked.filter(({ name }) => name === wanted).map(({ input }) => input);
  const focused = () => page.evaluate('document.activeElement.textContent || document.activeElement.ariaLabel');

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
    stub.asked.length = 0;
    page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
    page.setDefaultTimeout(10_000);
  });
  afterEach(() => page.close());
  afterAll(async () => {
    await browser?.close();
    await stub?.close();
  });

  it('chooses rows by boxes, Shift and Space, and all that match by Ctrl+A', async () => {
    await enter('#/library');
    const grid = page.getByRole('grid', { name: 'Tracks' });
    const row = (number: number) => grid.locator(`[data-index="${number}"]`);
    await row(1).getByRole('checkbox').click();
    await page.getByText('1 track selected').waitFor();
    await row(4)
      .getByRole('checkbox')
      .click({ modifiers: ['Shift'] });
    await page.getByText('4 tracks selected').waitFor();
    expect(await row(3).getAttribute('aria-selected')).toBe('true');
    await row(6).focus();
    await page.keyboard.press('Space');
    await page.getByText('5 tracks selected').waitFor();
    await page.keyboard.press('Control+a');
    await page.getByText('100,000 tracks selected').waitFor();
    await row(2).getByRole('checkbox').click();
    await page.getByText('99,999 tracks selected').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Write tags …', exact: true }).click();
    await page.getByRole('heading', { name: 'What would change' }).waitFor();
    expect(askedFor('writePlans.create')).toMatchObject([{ selection: { of: 'filter', query: '', except: [3] } }]);
  });

  it('says of a track that is too short why it was skipped and where the limit is, and queues it not in vain', async () => {
    await enter('#/library/track/10');
    await page.getByText('This track was skipped: it lasts under 7 s.').waitFor();
    expect(await page.getByRole('button', { name: /^Analyze/ }).isDisabled()).toBe(true);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('link', { name: 'Change the shortest length' }).click();
    await page.getByText('Shortest track, in seconds').waitFor();
  });

  it('shows the plan of a library, asks once, shows how it goes, and takes it all back', async () => {
    await enter('#/library');
    await page.getByRole('button', { name: 'Write tags of Music …' }).click();
    await page.getByText('1,240 files = 1,200 to write + 30 as they should be + 10 left alone').waitFor();
    expect(askedFor('writePlans.create')).toMatchObject([{ selection: { of: 'library', library: 1 } }]);
    const tags = page.getByRole('region', { name: 'Tags' });
    const happy = await tags.getByRole('row').filter({ hasText: 'nom:happy' }).innerText();
    expect(happy.replaceAll(/\s+/g, ' ')).toMatch(/^nom:happy 1,100 100 0 Paper boats: not there → ?becomes 0.7213/);
    await page.getByText('8 files: the file has other hard links').click();
    await page.getByRole('link', { name: 'Paper boats 1' }).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(askedFor('writePlans.write')).toEqual([]);
    await page.getByRole('button', { name: 'Write 1,200 files' }).click();
    await page.getByRole('heading', { name: /^(Writing …|Written)$/ }).waitFor();
    expect(await focused()).not.toBe('');
    expect(await page.evaluate('document.activeElement === document.body')).toBe(false);
    expect(await violations(page)).toEqual([]);
  });

  it('writes older tags anew only after a plan', async () => {
    await enter('#/calibration');
    await page.getByRole('button', { name: 'Write them anew …' }).click();
    await page.getByRole('heading', { name: 'What would change' }).waitFor();
    expect(askedFor('writePlans.create')).toMatchObject([{ selection: { of: 'stale' } }]);
    expect(askedFor('tagging.rewrite')).toEqual([]);
  });

  it('says at once that the application is gone, and asks for everything once it is back', async () => {
    await enter('#/queue');
    await page.getByRole('heading', { name: 'Queue', level: 1 }).waitFor();
    await page.getByText('Time left', { exact: true }).waitFor();
    await page.context().setOffline(true);
    await page
      .getByRole('alert')
      .filter({ hasText: /No connection to Tonearm since \d/ })
      .waitFor({ timeout: 30_000 });
    await page.getByRole('heading', { name: 'Not known: no connection' }).waitFor();
    expect(await violations(page)).toEqual([]);
    stub.asked.length = 0;
    await page.context().setOffline(false);
    await page.getByText('No connection to Tonearm since').waitFor({ state: 'detached', timeout: 30_000 });
    await expect.poll(() => askedFor('queue.batches').length).toBeGreaterThan(0);
  });

  it('puts back what was cleared, and keeps the focus on the page meanwhile', async () => {
    await enter('#/queue');
    await page.getByRole('button', { name: 'Clear waiting' }).click();
    const notice = page.getByText('20 waiting jobs taken out of the queue.');
    await notice.waitFor();
    await page
      .getByRole('button', { name: /^Undo \(\d+\)$/ })
      .or(page.getByRole('button', { name: 'Undo', exact: true }))
      .first()
      .click();
    await page.getByText('20 jobs put back.').waitFor();
    expect(askedFor('queue.restore')).toEqual([{ clearing: 7 }]);
    expect(await page.evaluate('document.activeElement === document.body')).toBe(false);
  });

  it('lets go of what failed after a while, and not while it is looked at', async () => {
    await page.clock.install();
    await enter('#/queue');
    await page.route('**/api/web/worker/pause', (route) =>
      route.fulfill({ status: 500, json: { error: 'The disk sulks.' } }),
    );
    await page.getByRole('button', { name: 'Pause' }).click();
    const failed = page.getByText('The disk sulks.');
    await failed.waitFor();
    await failed.hover();
    await page.clock.runFor(60_000);
    expect(await failed.count()).toBe(1);
    await page.mouse.move(10, 10);
    await page.clock.runFor(40_000);
    await failed.waitFor({ state: 'detached' });
  });

  it('says inside a dialog what went wrong in it', async () => {
    await enter('#/library');
    await page.route('**/api/web/libraries', (route) =>
      route.request().method() === 'POST'
        ? route.fulfill({ status: 400, json: { error: 'That folder is not there.' } })
        : route.continue(),
    );
    await page.getByRole('button', { name: 'Add folder …' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Folder').fill('/nowhere');
    await dialog.getByRole('button', { name: 'Add and look for music' }).click();
    await dialog.getByRole('alert').filter({ hasText: 'That folder is not there.' }).waitFor();
  });

  it('begins anew with a value that fits when a rule gets another field', async () => {
    await enter('#/playlists/new');
    const field = page.getByLabel('Field of rule 1');
    const value = page.getByLabel('Value of rule 1');
    await field.selectOption({ label: 'Happy' });
    expect(await value.inputValue()).toBe('0.5');
    await field.selectOption({ label: 'Tempo (analyzed, BPM)' });
    expect(await value.inputValue()).toBe('120');
    await field.selectOption('title');
    expect([await value.getAttribute('type'), await value.inputValue()]).toEqual(['text', '']);
    await field.selectOption('originaldate');
    expect(await value.getAttribute('type')).toBe('text');
    await value.fill('1959');
    await page.getByLabel('Operator of rule 1').selectOption('is');
    expect(await value.inputValue()).toBe('1959');
  });

  it('shows the tracks of the rules that are typed, and every value of a list', async () => {
    await enter('#/playlists/new');
    const found = page.getByRole('region', { name: 'What it finds now' });
    await page.getByRole('button', { name: 'As text' }).click();
    const query = page.getByLabel('Query');
    await query.fill('title = "Undertow"');
    await found.getByText('1 track', { exact: true }).waitFor();
    expect(await found.getByRole('listitem').allInnerTexts()).toEqual([expect.stringContaining('Undertow')]);
    await query.fill('title = ');
    await found.getByText('Looking …').waitFor();
    await page.getByRole('alert').filter({ hasText: /./ }).first().waitFor();
  });
});
