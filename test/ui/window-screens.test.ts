import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import type { Browser, Page } from 'playwright-core';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium';
import { requires } from '../support/requirements';
import { type Stub, startStub } from './window-stub';

const { describe } = requires('chromium');

const ROOT = new URL('../..', import.meta.url).pathname;

/** A folder of its own, as somebody would add it to the window. */
const TIDES = {
  'index.ts': `
    /** Tides: when the water is high. */
    export { tides } from './feature';`,
  'feature.ts': `
    import { actions, type Feature, lazyComponent, type NoParams, screen, wholeNumber } from '../router';
    import { tellDone } from '../ui';
    declare module '../router' {
      interface ScreenParams { tides: NoParams; tide: { id: number } }
    }
    export const tides: Feature = [
      screen({
        name: 'tides', path: '/tides', menu: { title: 'Tides', icon: 'wave', key: 't' },
        component: lazyComponent(() => import('./TidesPage').then(({ TidesPage }) => TidesPage)),
      }),
      screen({
        name: 'tide', path: '/tides/:id', params: { id: wholeNumber }, parent: 'tides',
        component: lazyComponent(() => import('./TidePage').then(({ TidePage }) => TidePage)),
      }),
      actions.with(() => [{ id: 'ebb', title: 'Let it ebb', icon: 'wave', run: () => tellDone('It ebbs.') }]),
    ];`,
  'TidesPage.tsx': `
    import { hrefOf } from '../router';
    import { Page } from '../ui';
    export const TidesPage = () => <Page title="Tides"><a href={hrefOf({ screen: 'tide', id: 7 })}>The seventh</a></Page>;`,
  'TidePage.tsx': `
    import { Page } from '../ui';
    export const TidePage = ({ id }: { id: number }) => <Page title={'Tide ' + (id + 1)}>{null}</Page>;`,
};

/** The window's sources with one folder more, and one line more in what gathers them. */
function withOneMore(folder: string): void {
  cpSync(join(ROOT, 'src-renderer'), join(folder, 'src-renderer'), { recursive: true });
  for (const name of ['src-main', 'src-preload', 'node_modules']) symlinkSync(join(ROOT, name), join(folder, name));
  mkdirSync(join(folder, 'src-renderer/tides'));
  for (const [name, text] of Object.entries(TIDES)) writeFileSync(join(folder, 'src-renderer/tides', name), text);
  const gathering = join(folder, 'src-renderer/features.ts');
  const text = readFileSync(gathering, 'utf8').replace('\n  queue,\n', '\n  queue,\n  tides,\n');
  writeFileSync(gathering, `import { tides } from './tides';\n${text}`);
}

describe('a screen that is added by a folder and a line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-screens-'));
  const out = join(folder, 'out');
  let stub: Stub;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    withOneMore(folder);
    await build({
      ...{ configFile: false, root: join(folder, 'src-renderer'), base: './', logLevel: 'error', plugins: [react()] },
      build: { outDir: out, emptyOutDir: true, minify: false },
    });
    stub = await startStub({ ui: out });
    browser = await launchChromium();
    page = await browser.newPage();
    page.setDefaultTimeout(10_000);
    await page.goto(stub.link());
    await page.getByRole('grid', { name: 'Tracks' }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await stub?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('stands in the sidebar at its place in the list, and is fetched when it is opened', async () => {
    const names = await page.getByRole('navigation', { name: 'Screens' }).getByRole('link').allTextContents();
    expect(names.slice(0, 4)).toEqual(['Library', 'Queue', 'Tides', 'Playlists']);
    expect(readdirSync(join(out, 'assets')).filter((name) => /^Tides?Page.*\.js$/.test(name))).toHaveLength(2);
    await page.getByRole('link', { name: 'Tides' }).click();
    await page.getByRole('heading', { name: 'Tides', level: 1 }).waitFor();
    expect(page.url()).toMatch(/#\/tides$/);
  });

  it('has links with parameters, and the entry of what they lie within stays marked', async () => {
    await page.getByRole('link', { name: 'The seventh' }).click();
    await page.getByRole('heading', { name: 'Tide 8' }).waitFor();
    expect(page.url()).toMatch(/#\/tides\/7$/);
    expect(await page.getByRole('link', { name: 'Tides' }).getAttribute('aria-current')).toBe('page');
    await page.goto(`${stub.base}/#/tides/high`);
    await page.getByRole('grid', { name: 'Tracks' }).waitFor();
  });

  it('is reached by its key and from the palette, with what can be done there', async () => {
    await page.keyboard.press('g');
    await page.keyboard.press('t');
    await page.getByRole('heading', { name: 'Tides', level: 1 }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('tid');
    expect(await page.getByRole('option').allTextContents()).toEqual(['Tides']);
    await page.getByRole('combobox').fill('ebb');
    await page.getByRole('option', { name: 'Let it ebb' }).click();
    await page.getByText('It ebbs.').waitFor();
  });
});
