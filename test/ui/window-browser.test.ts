import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { violations } from '../support/axe';
import { launchChromium } from '../support/chromium';
import { requires } from '../support/requirements';
import { aLibrary } from './window-fixtures';
import { type Stub, startStub } from './window-stub';

const { describe } = requires('chromium');

const SCREENS = [
  '#/library',
  '#/playlists',
  '#/playlists/new',
  '#/navidrome-config',
  '#/library/track/1',
  '#/queue',
  '#/mixes',
  '#/analytics',
  '#/playlists/import',
  '#/calibration',
  '#/models',
  '#/connections',
  '#/settings',
  '#/settings/security',
];

/** What has the focus, and whether one sees it; each thing keeps the number of its first visit. */
const WHERE = `(() => {
  const at = document.activeElement;
  window.walked ??= new Map();
  if (!at || at === document.body) return null;
  if (!walked.has(at)) walked.set(at, walked.size);
  const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(at);
  const isShown = (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
  return { id: walked.get(at), isShown, html: at.outerHTML.slice(0, 120) };
})()`;
/** Of a grid's rows one can be reached, and another when they change; arrows lead to the others. */
const UNREACHED = `[...document.querySelectorAll('a[href], button, select, input:not([type=radio]), [tabindex="0"]:not([role=row])')]
  .filter((each) => each.checkVisibility() && each.tabIndex >= 0 && !each.disabled && !walked.has(each))
  .map((each) => each.outerHTML.slice(0, 120))`;

describe('the page in a browser', () => {
  let stub: Stub;
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];
  const library = aLibrary();

  async function open(hash: string) {
    // The screen before has a heading too: it is gone once the new one was drawn.
    await page.evaluate(`new Promise((drawn) => {
      if (location.hash === ${JSON.stringify(hash)}) drawn();
      addEventListener('hashchange', () => requestAnimationFrame(() => requestAnimationFrame(drawn)), { once: true });
      location.hash = ${JSON.stringify(hash)};
    })`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.locator('[role=status] .line').waitFor({ state: 'detached' });
  }

  beforeAll(async () => {
    stub = await startStub({ libraries: [library] });
    browser = await launchChromium();
    page = await browser.newPage({ viewport: { width: 1280, height: 860 } });
    page.setDefaultTimeout(10_000);
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (/Content Security Policy|refused to/i.test(message.text())) problems.push(message.text());
    });
  });
  afterAll(async () => {
    await browser?.close();
    await stub?.close();
  });

  it('lets in who knows the password, and says so when it is wrong', async () => {
    await page.goto(stub.base);
    await page.getByLabel('Password').fill('not it');
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('alert').filter({ hasText: /./ }).first().waitFor();
    await page.getByLabel('Password').fill(stub.password);
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('grid', { name: 'Tracks' }).waitFor();
  });

  it('lets a login link in once, and takes the ticket out of the address', async () => {
    const link = stub.link();
    const other = await browser.newContext();
    const first = await other.newPage();
    await first.goto(link);
    await first.getByRole('grid', { name: 'Tracks' }).waitFor();
    expect(first.url()).not.toContain('login');
    const second = await (await browser.newContext()).newPage();
    await second.goto(link);
    await second.getByLabel('Password').waitFor();
    await other.close();
  });

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`has no barrier that axe can find on any screen, in ${colorScheme} colours`, async () => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      for (const screen of SCREENS) {
        await open(screen);
        expect(await violations(page), screen).toEqual([]);
      }
      await open('#/library');
      await page.getByRole('button', { name: 'Settings of Music' }).click();
      await page.getByRole('dialog').waitFor();
      expect(await violations(page), 'the library’s dialog').toEqual([]);
      await page.keyboard.press('Escape');
    });
  }

  for (const screen of SCREENS) {
    it(`is walked through by keyboard at ${screen}: nothing holds it, and it shows where it is`, async () => {
      await open(screen);
      await page.evaluate('window.walked = undefined');
      let last: number | undefined;
      let missed: string[] | undefined;
      for (let step = 0; step < 450 && missed?.length !== 0; step += 1) {
        await page.keyboard.press('Tab');
        const at = (await page.evaluate(WHERE)) as { id: number; isShown: boolean; html: string } | null;
        // After the last comes the browser's own, then the first again; what was drawn meanwhile has its turn there.
        if (at === null) missed = (await page.evaluate(UNREACHED)) as string[];
        expect(at?.id ?? null, `${at?.html} holds the focus`).not.toBe(last);
        expect(at?.isShown ?? true, `${at?.html} shows no focus`).toBe(true);
        last = at?.id;
      }
      expect(missed).toEqual([]);
    });
  }

  it('builds a playlist from rules, shows what they find, says what is wrong beside a rule, and exports it', async () => {
    await open('#/playlists/new');
    await page.getByLabel('Name of the playlist').fill('Happy ones');
    await page.getByLabel('Field of rule 1').selectOption('nom_happy');
    await page.getByLabel('Value of rule 1').fill('0.6');
    await page.getByRole('status').filter({ hasText: '2 tracks' }).waitFor();
    await page.getByRole('button', { name: 'Add rule' }).focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('Field of rule 2').selectOption('title');
    await page.getByRole('note').filter({ hasText: 'Say what title is compared with' }).waitFor();
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Remove rule 2' }).click();
    await page.getByRole('button', { name: 'As text' }).click();
    await page.getByLabel('Query').fill('nom:happy > 0.6 AND');
    await page.getByRole('alert').filter({ hasText: 'Invalid query: expected a field' }).waitFor();
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    expect(await violations(page)).toEqual([]);
    await page.getByLabel('Query').fill('nom:happy > 0.8');
    await page.getByRole('status').filter({ hasText: '1 track' }).waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Export Happy ones' }).click();
    await page.getByRole('dialog').getByText('"nom_happy": 0.8').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await violations(page)).toEqual([]);
  });

  it('walks through 100 000 tracks by keyboard, drawing few of them', async () => {
    await open('#/library');
    const grid = page.getByRole('grid', { name: 'Tracks' });
    expect(await grid.getAttribute('aria-rowcount')).toBe('100001');
    const focused = () => page.evaluate(`document.activeElement?.getAttribute('aria-rowindex')`);
    await grid.getByRole('row').nth(1).focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(focused).toBe('3');
    await page.keyboard.press('End');
    await expect.poll(focused).toBe('100001');
    await page.getByRole('row', { name: /100000/ }).waitFor();
    await page.keyboard.press('PageUp');
    await expect.poll(async () => Number(await focused())).toBeLessThan(100_000);
    await page.keyboard.press('Home');
    await expect.poll(focused).toBe('2');
    expect(await grid.getByRole('row').count()).toBeLessThan(80);
    await page.getByRole('row', { name: /harbour 1 / }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Morning over the harbour 1' }).waitFor();
  });

  it('follows a key that comes while what was drawn before it settles', async () => {
    await open('#/library');
    await page.getByRole('grid', { name: 'Tracks' }).getByRole('row').nth(1).focus();
    const focused = await page.evaluate(`(async () => {
      const grid = document.querySelector('[role=grid]');
      const rows = grid.querySelector('[role=rowgroup]:last-child');
      const drawn = new Promise((isDrawn) => new MutationObserver(isDrawn).observe(rows, { childList: true }));
      grid.style.maxHeight = '200px';
      await drawn;
      // Fewer rows were drawn just now; nothing that follows a drawing has run.
      document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
      await new Promise((settled) => setTimeout(settled));
      grid.style.maxHeight = '';
      return document.activeElement.ariaRowIndex;
    })()`);
    expect(focused).toBe('3');
  });

  it('searches from anywhere with a slash and says how many there are', async () => {
    await open('#/library');
    await page.getByRole('grid', { name: 'Tracks' }).getByRole('row').nth(2).focus();
    await page.keyboard.press('/');
    await page.keyboard.type('harbour');
    await page.getByText('3 tracks', { exact: true }).waitFor();
    await page.getByRole('searchbox').fill('');
    await page.getByText('100,000 tracks', { exact: true }).waitFor();
  });

  it('goes anywhere and does anything by its name, from Ctrl+K', async () => {
    await open('#/settings');
    const ask = async (words: string) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox', { name: 'Screen, action or track' }).fill(words);
    };
    const chosen = page.getByRole('option', { selected: true });
    await page.getByLabel('Search settings').focus();
    await ask('');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      expect(await violations(page), colorScheme).toEqual([]);
    }
    await page.keyboard.press('ArrowUp');
    await chosen.filter({ hasText: 'Scan Music' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await chosen.filter({ hasText: 'Library' }).waitFor();
    await ask('nothing of this name');
    await page.getByText('Nothing has this name.').waitFor();
    await page.keyboard.press('Escape');
    expect(await page.evaluate('document.activeElement.labels[0].textContent')).toBe('Search settings');
    await ask('analy');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Analytics', level: 1 }).waitFor();
    await ask('paper');
    await chosen.filter({ hasText: 'Morning over the harbour 1' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Paper boats 2' }).waitFor();
    for (const [words, done] of [
      ['queue pause', 'queue.pause'],
      ['resume', 'queue.resume'],
    ]) {
      await ask(words);
      await chosen.filter({ hasText: /queue$/ }).waitFor();
      await page.keyboard.press('Enter');
      await expect.poll(() => stub.asked.some(({ name }) => name === done)).toBe(true);
    }
  });

  it('shows the queue live: what the stream tells appears without asking', async () => {
    await open('#/queue');
    await page.getByRole('progressbar', { name: 'Progress of the queue' }).waitFor();
    await page.getByText('35–50 min', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('heading', { name: /^Pausing/ }).waitFor();
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByRole('heading', { name: 'Working' }).waitFor();
    stub.changeJob(40, { phase: 'writing', phase_label: 'Writing tags', progress: 0.9 });
    await page.getByText('Writing tags').waitFor();
  });

  it('knows what has changed while another screen was shown', async () => {
    await open('#/library');
    await page.getByText('100,000 tracks · scanned').waitFor();
    await open('#/queue');
    Object.assign(library, { trackCount: 99_998 });
    stub.events.emit('libraries.changed', {});
    stub.changeJob(40, { phase: 'listening', phase_label: 'Analyzing', progress: 0.3 });
    await page.getByText('Writing tags').waitFor({ state: 'detached' });
    await open('#/library');
    await page.getByText('99,998 tracks · scanned').waitFor();
    await open('#/queue');
  });

  it('accounts for every file that was asked for', async () => {
    await page.getByText('5,120 found = 2,180 done + 41 skipped + 2 failed + 2,897 to do').waitFor();
    await page.getByText('41 skipped: under 7 s').waitFor();
  });

  it('connects a server, tells why another fails, and never shows a password', async () => {
    await open('#/connections');
    await page.getByText('there is no host of this name').waitFor();
    await page.getByText('It looked at 12 folders with new tags').waitFor();
    await page.getByRole('button', { name: 'Add a connection …' }).click();
    await page.getByLabel('Address').fill('http://new.lan:4533');
    await page.getByLabel('User name').fill('bob');
    await page.getByLabel('Password').fill('correct horse');
    await page.getByLabel('Name in Tonearm').fill('Kitchen');
    expect(await violations(page), 'the dialog of a connection').toEqual([]);
    await page.getByRole('button', { name: 'Save and test' }).click();
    await page.getByText('Kitchen answers: version 0.61.0.').waitFor();
    const kitchen = page.getByRole('region', { name: 'Kitchen', exact: true });
    await kitchen.getByRole('button', { name: 'Change …' }).click();
    expect(await page.getByLabel('Password').inputValue()).toBe('');
    await page.keyboard.press('Escape');
    await kitchen.getByRole('button', { name: 'Remove …' }).click();
    await page.getByRole('button', { name: 'Forget it and its password' }).click();
    await kitchen.waitFor({ state: 'detached' });
  });

  it('publishes a saved playlist from its line, asks before a change there is replaced, and deletes it everywhere', async () => {
    await open('#/playlists');
    await page.getByText('Living room: as published').waitFor();
    await page.getByRole('button', { name: 'Publish Happy ones …' }).click();
    const dialog = page.getByRole('dialog', { name: 'Publish' });
    await dialog.getByText('On Living room as smart playlist').waitFor();
    await dialog.getByLabel('How').selectOption('file');
    await dialog.getByLabel('Library').waitFor();
    expect(await violations(page), 'the dialog of publishing').toEqual([]);
    await dialog.getByLabel('Server').selectOption({ label: 'Attic' });
    await dialog.getByLabel('How').selectOption('static');
    await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByText('Attic: as published').waitFor();
    expect(stub.asked.findLast(({ name }) => name === 'publishing.publish')).toMatchObject({
      input: { id: 1, connectionId: 2, how: 'static', overwrite: false },
    });
    await page.getByRole('button', { name: 'Delete Happy ones' }).click();
    await page.getByRole('switch', { name: 'Delete it on 2 servers too' }).waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('heading', { name: 'No playlists yet' }).waitFor();
    expect(stub.asked.filter(({ name }) => name === 'publishing.unpublish')).toHaveLength(2);
  });

  it('tells of a track how far its tags came in a Navidrome', async () => {
    await open('#/library/track/1');
    await page.getByRole('button', { name: 'Are the tags visible in Living room?' }).click();
    await page.getByText('Its configuration does not name nom:bpm.').waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it('shows what sounds like a track and why, and mixes around it', async () => {
    await open('#/library/track/1');
    await page.getByText('118 → 121 BPM').waitFor();
    await page.getByText('2 more files of this recording: copy 1, copy 2').waitFor();
    await page.getByRole('button', { name: 'Show more' }).click();
    await page.getByText('118 → 130 BPM').first().waitFor();
    await page.getByRole('button', { name: 'Mix around this …' }).click();
    await page.getByRole('heading', { name: 'Mixes' }).waitFor();
    await page.getByRole('searchbox', { name: 'Find tracks to begin from' }).fill('harbour');
    await page.getByRole('list', { name: 'Found tracks' }).getByRole('button').nth(1).click();
    expect(await page.getByRole('list', { name: 'Seeds' }).getByRole('listitem').count()).toBe(2);
    await page.getByRole('button', { name: 'Make the mix' }).click();
    await page.getByText(/^30 tracks,/).waitFor();
    expect(stub.asked.at(-1)).toMatchObject({ name: 'similarity.mix', input: { seeds: [1, 2], limit: 30 } });
    expect(await violations(page)).toEqual([]);
    await page.getByRole('radio', { name: 'A path between two' }).check();
    await page.getByRole('button', { name: 'Find a path' }).click();
    await page.getByText(/^10 tracks,/).waitFor();
    expect(stub.asked.at(-1)).toMatchObject({ name: 'similarity.path', input: { from: 1, to: 2, steps: 8 } });
  });

  it('counts the library, and shows what goes with a mood, by keyboard', async () => {
    await open('#/analytics');
    await page.getByText('100,000 tracks found, 91,000 analyzed, 60,211 written').waitFor();
    await page.getByRole('radio', { name: 'very sure' }).press(' ');
    await page.getByText('18,000', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'happy' }).first().press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Tracks with the mood “happy”' });
    await dialog.getByText('31,428 tracks').waitFor();
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'relaxed' }).click();
    await page.getByRole('dialog', { name: 'Tracks with the mood “relaxed”' }).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
  });

  it('imports a playlist: what is here, what is to be decided, what is not here', async () => {
    await open('#/playlists/import');
    const file = { name: 'Playlist1.json', mimeType: 'application/json', buffer: Buffer.from('{"é":1}') };
    await page.getByLabel('Playlist file').setInputFiles(file);
    await page.getByRole('heading', { name: '2 tracks of 5 will be in it' }).waitFor();
    const { input } = stub.asked.find(({ name }) => name === 'playlistImport.preview')!;
    expect(input).toMatchObject({ name: file.name, contentBase64: file.buffer.toString('base64'), index: 0 });
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: /^Paper boats 2/ }).click();
    await page.getByRole('heading', { name: '3 tracks of 5 will be in it' }).waitFor();
    await page.getByRole('button', { name: 'Search for Enter the hall …' }).click();
    await page.getByRole('searchbox', { name: 'Track for Enter the hall' }).fill('harbour');
    await page.getByRole('list', { name: 'Found: Track for Enter the hall' }).getByRole('button').nth(2).click();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save as a playlist' }).click();
    await page.getByText('Evening was saved with 4 tracks.').waitFor();
    const saved = stub.asked.filter(({ name }) => name === 'playlistImport.save').map(({ input }) => input);
    expect(saved).toEqual([{ name: 'Evening', trackIds: [1, 2, 3, 3], as: 'playlist' }]);
    const matched = stub.asked.filter(({ name }) => name === 'playlistImport.match').map(({ input }) => input);
    expect(matched).toMatchObject([
      { title: 'Paper bots', trackId: 2 },
      { title: 'Enter the hall', trackId: 3 },
    ]);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save as M3U …' }).click();
    expect((await download).suggestedFilename()).toBe('Evening.m3u8');
  });

  it('offers another encoding for a playlist whose own had to be guessed, and no other', async () => {
    await open('#/playlists/import');
    const another = page.getByRole('button', { name: 'Another file …' });
    if (await another.isVisible()) await another.click();
    const buffer = Buffer.from('#EXTM3U');
    await page.getByLabel('Playlist file').setInputFiles({ name: 'old.m3u', mimeType: 'audio/x-mpegurl', buffer });
    await page.getByLabel('Letters of the file').selectOption('windows-1251');
    await expect
      .poll(() => stub.asked.at(-1))
      .toMatchObject({ name: 'playlistImport.preview', input: { name: 'old.m3u', encoding: 'windows-1251' } });
    await expect.poll(() => page.getByLabel('Letters of the file').inputValue()).toBe('windows-1251');
    expect(await violations(page)).toEqual([]);
    await another.click();
    await page.getByLabel('Playlist file').setInputFiles({ name: 'new.json', mimeType: 'application/json', buffer });
    await page.getByRole('heading', { name: '2 tracks of 5 will be in it' }).waitFor();
    expect(await page.getByLabel('Letters of the file').count()).toBe(0);
  });

  it('fits a screen of 320 pixels without scrolling sideways', async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    for (const screen of SCREENS) {
      await open(screen);
      const tooWide = `[...document.querySelectorAll('main *')].filter((element) => element.getBoundingClientRect().right >
        innerWidth + 1 && !element.closest('[role=gridcell], [role=columnheader], table')).map(({ className }) => className)`;
      expect(await page.evaluate(tooWide), screen).toEqual([]);
      expect(await violations(page), screen).toEqual([]);
    }
    await page.setViewportSize({ width: 1280, height: 860 });
  });

  it('explains a drop instead of taking it, and offers the folder by its path', async () => {
    await open('#/library');
    await page.evaluate(`{
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['x'], 'song.mp3'));
      window.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }));
    }`);
    await page.getByRole('dialog', { name: 'Add a folder with music' }).waitFor();
    await page.keyboard.press('Escape');
  });

  it('keeps to its content policy and throws nothing on the way', () => {
    expect(problems).toEqual([]);
  });
});
