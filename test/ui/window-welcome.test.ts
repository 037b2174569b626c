import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { violations } from '../support/axe';
import { launchChromium } from '../support/chromium';
import { requires } from '../support/requirements';
import type { aLibrary } from './window-fixtures';
import { type Stub, startStub } from './window-stub';

const { describe } = requires('chromium');

describe('the first steps in a browser', () => {
  let stub: Stub;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    stub = await startStub({ libraries: [] });
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 320, height: 700 } });
    page.setDefaultTimeout(10_000);
    await page.goto(stub.link());
  });
  afterAll(async () => {
    await browser?.close();
    await stub?.close();
  });

  async function isWell(step: string) {
    await page.getByRole('heading', { level: 2, name: step }).waitFor();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await violations(page), `${step}, ${colorScheme}`).toEqual([]);
    }
    expect(await page.evaluate('document.querySelector("main").scrollWidth <= innerWidth'), step).toBe(true);
  }
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const settings = () => stub.asked.filter(({ name }) => name === 'settings.update').map(({ input }) => input);

  it('lead by keyboard alone from nothing to the first tracks, and change nothing before the end', async () => {
    await isWell('Where is your music?');
    await page.getByLabel('Folder').focus();
    await page.keyboard.type('/home/anna/Musik');
    await press('Enter');
    await page.getByRole('alert').getByText('The folder /home/anna/Musik is not there.').waitFor();
    await isWell('Where is your music?');
    await press('Backspace');
    expect(await page.getByRole('alert').getByText('is not there').count(), 'said of the folder that was').toBe(0);
    await page.keyboard.type('c');
    await press('Enter');
    await isWell('Analysis quality');
    expect(await page.evaluate('document.activeElement.id'), 'the question is what comes next').toBe('step');
    await press('Tab', 'ArrowDown', 'Enter');
    await isWell('Choose what to detect');
    expect(stub.asked.some(({ name }) => name === 'libraries.add')).toBe(false);
    await page.getByRole('button', { name: 'Start the analysis' }).focus();
    await press('Enter');
    // It lies over a part of the page for some seconds, and over other parts on other machines.
    await page.getByRole('button', { name: 'Close this notice' }).click();
    await isWell('The first tracks');
    await page.getByRole('list', { name: 'Analyzed so far' }).getByRole('listitem').nth(4).waitFor();
    await page
      .getByText(/^\d+ BPM$/)
      .first()
      .waitFor();
    await page.getByText('female vocals').first().waitFor();
    expect(stub.asked.find(({ name }) => name === 'libraries.add')!.input).toMatchObject({
      root_path: '/home/anna/Music',
      autoWrite: false,
    });
    expect(settings()).toEqual([{ preset: 'balanced' }, { welcomed: true }]);
    await page.getByRole('button', { name: 'Open the library' }).click();
    await page.getByRole('grid', { name: 'Tracks' }).waitFor();
  });

  it('say that a folder holds no music once it was looked through, and ask for another', async () => {
    const libraries: ReturnType<typeof aLibrary>[] = [];
    const other = await startStub({ libraries, isIdle: true });
    await page.goto(other.link());
    await page.getByLabel('Folder').fill('/home/anna/Pictures');
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('button', { name: 'Start the analysis' }).click();
    await page.getByText('Looking for music …').waitFor();
    const numbers = { done: 0, added: 0, changed: 0, moved: 0, missing: 0, errors: 0 };
    other.events.emit('scan.progress', { libraryId: 1, phase: 'walking', found: 12, ...numbers });
    await page.getByText('Looking for music: 12 files so far').waitFor();
    Object.assign(libraries[0]!, { state: 'ready', trackCount: 0 });
    other.events.emit('libraries.changed', {});
    await page.getByRole('status').getByText('There is no music in /home/anna/Pictures').waitFor();
    await page.getByRole('button', { name: 'Close this notice' }).click();
    await isWell('The first tracks');
    await page.getByRole('button', { name: 'Choose another folder' }).click();
    await page.getByRole('heading', { level: 2, name: 'Where is your music?' }).waitFor();
    expect(libraries, 'the empty one is forgotten').toEqual([]);
    await other.close();
  });

  it('come once: whoever skips them sees an empty library, today and later', async () => {
    const other = await startStub({ libraries: [] });
    await page.goto(other.link());
    await page.getByRole('button', { name: 'Skip the first steps' }).click();
    await page.getByRole('heading', { name: 'No music yet' }).waitFor();
    await page.goto(other.link());
    await page.reload();
    await page.getByRole('heading', { name: 'No music yet' }).waitFor();
    await other.close();
  });
});
