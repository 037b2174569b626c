import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { CHROMIUM_ARGS } from './chromium';
import { pathOf } from './requirements';

/**
 * Pictures are compared with kept ones, so whatever draws letters has to be the same everywhere: one family, without
 * hinting, and no colours of a screen.
 */
const STEADY = ['--font-render-hinting=none', '--disable-lcd-text', '--force-color-profile=srgb', '--hide-scrollbars'];
/** Sets the fonts of the page and of each frame in it, before anything is drawn. */
const SET_FONTS = `addEventListener('DOMContentLoaded', () => {
  document.documentElement.style.setProperty('--font', '"DejaVu Sans"');
  document.documentElement.style.setProperty('--mono', '"DejaVu Sans Mono"');
})`;

export const launchSteadyChromium = (): Promise<Browser> =>
  chromium.launch({ executablePath: pathOf('chromium'), args: [...CHROMIUM_ARGS, ...STEADY] });

/** A page that looks the same each time: fixed fonts, nothing that moves, and a clock that stands still. */
export async function openSteadyPage(browser: Browser, look: BrowserContextOptions): Promise<Page> {
  const viewport = { width: 860, height: 900 };
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce', ...look });
  await context.addInitScript(SET_FONTS);
  await context.clock.install({ time: 0 });
  await context.clock.pauseAt(1000);
  return context.newPage();
}

/**
 * A channel that is off by less is rounding, and so are a few pixels of a picture: edges, as another Chromium draws
 * them. Pictures are kept and compared at half their size, in which edges weigh less and a gap of 2 pixels is still one.
 */
const STEP = 8;
const SHARE = 0.0001;

const HALVE = `async (picture) => {
  const image = await createImageBitmap(await (await fetch('data:image/png;base64,' + picture)).blob());
  const canvas = new OffscreenCanvas(Math.ceil(image.width / 2), Math.ceil(image.height / 2));
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}`;
const COUNT = `async (pictures) => {
  const [a, b] = await Promise.all(pictures.map(async (picture) => {
    const image = await createImageBitmap(await (await fetch('data:image/png;base64,' + picture)).blob());
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
    context.drawImage(image, 0, 0);
    return context.getImageData(0, 0, image.width, image.height);
  }));
  if (a.width !== b.width || a.height !== b.height) return NaN;
  let different = 0;
  for (let at = 0; at < a.data.length; at += 4) {
    if ([0, 1, 2].some((channel) => Math.abs(a.data[at + channel] - b.data[at + channel]) > ${STEP})) different += 1;
  }
  return different / (a.width * a.height);
}`;

const ask = (blank: Page, code: string, given: string | string[]) =>
  blank.evaluate(`(${code})(${JSON.stringify(given)})`);

const halved = async (blank: Page, picture: Buffer) =>
  Buffer.from(String(await ask(blank, HALVE, picture.toString('base64'))), 'base64');

async function compare(blank: Page, one: Buffer, other: Buffer): Promise<string | undefined> {
  const share = Number(await ask(blank, COUNT, [one.toString('base64'), other.toString('base64')]));
  if (Number.isNaN(share)) return 'another size';
  return share > SHARE ? `${(share * 100).toFixed(2)} % of the pixels` : undefined;
}

/**
 * In what one picture differs from another: undefined where it does not, else a few words.
 *
 * @param blank a page that may decode pictures: one without a content policy
 */
export const difference = async (blank: Page, one: Buffer, other: Buffer): Promise<string | undefined> =>
  compare(blank, await halved(blank, one), await halved(blank, other));

/** Compares with the kept picture; `TONEARM_PICTURES=keep` keeps this one instead, to be looked at before a commit. */
export async function differenceFromKept(blank: Page, name: string, picture: Buffer): Promise<string | undefined> {
  const kept = join(import.meta.dirname, '../ui/pictures', `${name}.png`);
  const half = await halved(blank, picture);
  if (process.env.TONEARM_PICTURES === 'keep') {
    mkdirSync(dirname(kept), { recursive: true });
    writeFileSync(kept, half);
  }
  if (!existsSync(kept)) return `${name} was never kept: run this test with TONEARM_PICTURES=keep`;
  const words = await compare(blank, half, readFileSync(kept));
  if (words === undefined) return undefined;
  const now = join(tmpdir(), 'tonearm-pictures', `${name}.png`);
  mkdirSync(dirname(now), { recursive: true });
  writeFileSync(now, picture);
  return `${name} differs (${words}); it looks like ${now} now`;
}
