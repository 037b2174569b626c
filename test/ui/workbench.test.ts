import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { build, createServer, type PreviewServer, preview } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import workbench from '../../build/workbench.config';
import { violations } from '../support/axe';
import { launchChromium } from '../support/chromium';
import { difference, differenceFromKept, launchSteadyChromium, openSteadyPage } from '../support/pictures';
import { requires } from '../support/requirements';

const { describe } = requires('chromium');

const RENDERER = new URL('../../out/renderer/', import.meta.url).pathname;
const THEMES = ['light', 'dark'] as const;
const quietly = { ...workbench, configFile: false, logLevel: 'error' } as const;

it('is served at /dev while one develops, and is no part of what is built for people', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-dev-'));
  const server = await createServer({ ...quietly, cacheDir: folder, server: { port: 0, strictPort: false } });
  try {
    await server.listen();
    const page = await fetch(new URL('/dev', server.resolvedUrls?.local[0]));
    expect(await page.text()).toContain('./workbench/main.tsx');
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
  const built = readdirSync(RENDERER, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.(html|js|css)$/.test(file),
  );
  expect(built.length).toBeGreaterThan(2);
  expect(built.filter((file) => /\bdev\b|workbench/i.test(file))).toEqual([]);
  expect(built.filter((file) => readFileSync(join(RENDERER, file), 'utf8').includes('Workbench'))).toEqual([]);
});

describe('the workbench', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-workbench-'));
  let server: PreviewServer;
  let base: string;

  beforeAll(async () => {
    await build({ ...quietly, build: { ...workbench.build, outDir: folder, emptyOutDir: true } });
    server = await preview({ ...quietly, build: { outDir: folder }, preview: { port: 0, strictPort: false } });
    base = server.resolvedUrls?.local[0] ?? '';
  });
  afterAll(async () => {
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens it in one theme, all that has a page of its own drawn too. */
  async function openAll(page: Page, theme: 'light' | 'dark') {
    await page.goto(`${base}dev?theme=${theme}`);
    await page.locator('[data-component]').first().waitFor();
    for (const frame of await page.locator('iframe').all()) {
      await frame.scrollIntoViewIfNeeded();
      const drawn = 'dialog[open], [role=alert] > *, [role=status] > *, h1:not(.visually-hidden)';
      await frame.contentFrame().locator(drawn).first().waitFor();
    }
    // Which of several dialogs has the focus is a matter of chance.
    for (const frame of page.frames()) await frame.evaluate('document.activeElement?.blur()');
    await page.evaluate('scrollTo(0, 0)');
  }

  describe('with whatever fonts there are', () => {
    let browser: Browser;
    let page: Page;
    const problems: string[] = [];

    beforeAll(async () => {
      browser = await launchChromium();
      page = await browser.newPage({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' });
      page.on('pageerror', (error) => problems.push(error.message));
    });
    afterAll(() => browser?.close());

    for (const theme of THEMES) {
      it(`has no barrier that axe can find in any state, in ${theme} colours`, async () => {
        await openAll(page, theme);
        expect(await violations(page)).toEqual([]);
        const framed = await page
          .locator('iframe')
          .evaluateAll((frames) => frames.map((frame) => `${frame.getAttribute('src')}`));
        expect(framed.length).toBeGreaterThan(8);
        for (const address of framed) {
          await page.goto(`${base}dev${address}`);
          await page.locator('main').waitFor();
          expect(await violations(page), address).toEqual([]);
        }
      });
    }

    it('pretends to be under the pointer and to have the focus, as the browser itself draws it', async () => {
      await page.goto(`${base}dev?theme=light`);
      const primary = (state: string) =>
        page.locator('#Button figure', { hasText: state }).getByRole('button', { name: 'primary' });
      const styleOf = (state: string, name: string) =>
        primary(state).evaluate(
          (it, name) => it.ownerDocument.defaultView?.getComputedStyle(it).getPropertyValue(name),
          name,
        );
      await primary('default, in').hover();
      const hovered = await styleOf('default, in', 'background-color');
      expect(await styleOf('under the pointer', 'background-color')).toBe(hovered);
      expect(await styleOf('with the focus', 'background-color')).not.toBe(hovered);
      await primary('default, in').focus();
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Tab');
      const focused = await styleOf('default, in', 'outline');
      expect(await styleOf('with the focus', 'outline')).toBe(focused);
      expect(await styleOf('under the pointer', 'outline')).not.toBe(focused);
    });

    it('throws nothing on the way', () => expect(problems).toEqual([]));
  });

  describe('in pictures', () => {
    const { it } = requires('dejavu-fonts');
    let browser: Browser;
    let blank: Page;

    beforeAll(async () => {
      browser = await launchSteadyChromium();
      blank = await browser.newPage();
    });
    afterAll(() => browser?.close());

    async function picturesOf(page: Page): Promise<Map<string, Buffer>> {
      const pictures = new Map<string, Buffer>();
      for (const section of await page.locator('[data-component]').all()) {
        pictures.set((await section.getAttribute('id')) ?? '', await section.screenshot());
      }
      return pictures;
    }

    for (const theme of THEMES) {
      it(`looks as it did, in ${theme} colours`, async () => {
        const page = await openSteadyPage(browser, { colorScheme: theme });
        await openAll(page, theme);
        const differences = [];
        for (const [name, picture] of await picturesOf(page)) {
          differences.push(await differenceFromKept(blank, `${theme}/${name}`, picture));
        }
        expect(differences.filter((each) => each !== undefined)).toEqual([]);
        await page.context().close();
      });
    }

    it('still tells states apart where the system chooses the colours', async () => {
      const page = await openSteadyPage(browser, { forcedColors: 'active' });
      await openAll(page, 'light');
      const shots = (role: 'switch' | 'progressbar', within: string) =>
        Promise.all([0, 1].map((index) => page.locator(within).getByRole(role).nth(index).screenshot()));
      for (const [off, on] of [await shots('switch', '#SwitchField'), await shots('progressbar', '#Progress')]) {
        expect(await difference(blank, off, on)).toBeDefined();
      }
      await page.context().close();
    });

    it('looks the same each time, and different once a gap, a colour, a radius or a size does', async () => {
      const page = await openSteadyPage(browser, { colorScheme: 'light' });
      await openAll(page, 'light');
      const shot = () => page.locator('#Badge').screenshot();
      const before = await shot();
      await page.reload();
      await page.locator('#Badge').waitFor();
      expect(await difference(blank, await shot(), before)).toBeUndefined();
      for (const [token, value] of [
        ['--space-8', '0.625rem'],
        ['--warn-soft', '#fbf0c0'],
        ['--radius-round', '4px'],
        ['--font-size-small', '0.875rem'],
      ]) {
        await page.evaluate(`document.documentElement.style.setProperty('${token}', '${value}')`);
        expect(await difference(blank, await shot(), before), token).toBeDefined();
        await page.evaluate(`document.documentElement.style.removeProperty('${token}')`);
      }
      await page.context().close();
    });
  });
});
