import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../support/small-music';
import { wavOf } from '../support/synthetic-audio';
import { writeTinyModels } from '../support/tiny-model';
import { sha } from './music';
import { randomOf } from './random';
import { type Served, serve, until } from './served';

const folder = temporaryFolder('whole-renames');
const music = join(folder.path, 'music');
const ALBUMS = ['Café', 'Zoë – Live', 'plain', 'Deep/Down/There'];
const FILES = 40;

let app: Served;
let libraryId: number;
/** Where each file is now, by what it is; and its bytes at the beginning. */
const paths = new Map<string, string>();
const hashes = new Map<string, string>();
/** The track of each file, from the first scan on. */
const ids = new Map<string, number>();

function makeFiles(): void {
  for (let index = 0; index < FILES; index += 1) {
    const path = join(music, ALBUMS[index % ALBUMS.length], `Träck ${index}.wav`.normalize('NFC'));
    mkdirSync(dirname(path), { recursive: true });
    // All of one size, so that only what is in them tells them apart.
    writeFileSync(
      path,
      wavOf((t) => 0.3 * Math.sin(2 * Math.PI * (200 + 11 * index) * t), { seconds: 2 }),
    );
    paths.set(`${index}`, path);
    hashes.set(`${index}`, sha(path));
  }
}

function move(key: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  renameSync(paths.get(key)!, to);
  paths.set(key, to);
}

/** A free path, since a rename replaces what is there. */
const free = (path: string): string => (existsSync(path) ? free(path.replace(/(\.\w+)$/, ' again$1')) : path);

function swap(a: string, b: string): void {
  const [pathA, pathB] = [paths.get(a)!, paths.get(b)!];
  move(a, `${pathA}.aside`);
  move(b, pathA);
  move(a, pathB);
}

function renameFolder(from: string, to: string): void {
  if (!existsSync(from) || existsSync(to)) return;
  mkdirSync(dirname(to), { recursive: true });
  renameSync(from, to);
  for (const [key, path] of paths) {
    const inside = relative(from, path);
    if (!inside.startsWith('..')) paths.set(key, join(to, inside));
  }
}

const otherForm = (path: string) => (path === path.normalize('NFC') ? path.normalize('NFD') : path.normalize('NFC'));
const otherCase = (path: string) =>
  path.replace(/[^/]+(?=\.wav$)/, (name) => (name === name.toUpperCase() ? name.toLowerCase() : name.toUpperCase()));

/** One round of everything that people do to names: each file is renamed about three times. */
function shuffle(round: number): number {
  const random = randomOf(round);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)];
  let renames = 0;
  for (const key of paths.keys()) {
    const path = paths.get(key)!;
    const elsewhere = join(music, pick(ALBUMS), `${key} of round ${round}.wav`);
    const to = pick([otherForm(path), otherCase(path), elsewhere, join(dirname(path), `é ${key}-${round}.wav`)]);
    if (to !== path) move(key, free(to));
    renames += 1;
  }
  const keys = [...paths.keys()];
  for (let pair = 0; pair < FILES / 2; pair += 1) {
    const [a, b] = [pick(keys), pick(keys)];
    if (a !== b) swap(a, b);
    renames += 2;
  }
  for (const name of readdirSync(music)) {
    renameFolder(join(music, name), join(music, `${name.replace(/ \(\d+\)$/, '')} (${round})`));
    renames += 1;
  }
  return renames;
}

async function scan(): Promise<void> {
  const before = (await app.api.libraries.list({}))[0].lastScanAt;
  await app.api.libraries.scan({ id: libraryId });
  await until('the scan', async () => {
    const [{ state, lastScanAt }] = await app.api.libraries.list({});
    return state !== 'scanning' && lastScanAt !== before;
  });
}

/** The id of every track by the path of its file. */
async function tracksByPath(): Promise<Map<string, number>> {
  const { items } = await app.api.tracks.list({ limit: 500 });
  return new Map(items.map(({ path, id }) => [join(music, path), id]));
}

async function expectSameTracks(): Promise<void> {
  const found = await tracksByPath();
  expect([...found.keys()].sort()).toEqual([...paths.values()].sort());
  expect(new Map([...paths].map(([key, path]) => [key, found.get(path)]))).toEqual(ids);
  expect((await app.api.libraries.list({}))[0]).toMatchObject({ trackCount: FILES, missingCount: 0 });
}

async function jobs() {
  return (await app.api.queue.list({ limit: 500 })).jobs.filter(({ kind }) => kind === 'tag');
}

describe('Hundreds of renames', () => {
  beforeAll(async () => {
    makeFiles();
    app = await serve({ data: join(folder.path, 'data'), models: writeTinyModels(join(folder.path, 'models')) });
    await app.api.settings.update({ min_duration_s: 0 });
    await app.api.queue.pause({});
    const library = await app.api.libraries.add({ root_path: music, watchMode: 'off', autoWrite: true });
    libraryId = library.id;
    await scan();
    const found = await tracksByPath();
    for (const [key, path] of paths) ids.set(key, found.get(path)!);
  });
  afterAll(async () => {
    await app.kill();
    folder.remove();
  });

  it('leave each track its id, and its one job its file, while the jobs wait', async () => {
    let renames = 0;
    for (let round = 1; round <= 4; round += 1) {
      renames += shuffle(round);
      await scan();
      await expectSameTracks();
      const waiting = await jobs();
      expect(waiting.map(({ status }) => status)).toEqual(Array(FILES).fill('pending'));
      expect(waiting.map(({ path }) => path).sort()).toEqual([...paths.values()].sort());
      expect(waiting.map(({ track_id }) => track_id).sort()).toEqual([...ids.values()].sort());
    }
    expect(renames).toBeGreaterThan(300);
  });

  it('have nothing analyzed twice, and every file written, when they happen while the jobs run', async () => {
    await app.api.queue.resume({});
    for (let round = 5; round <= 7; round += 1) {
      shuffle(round);
      await scan();
    }
    await until('the queue', async () => {
      const { pending, running } = await app.api.queue.status({});
      return pending + running === 0;
    });
    await scan();
    // What was gone at the moment of its turn is asked for again by the scan that found it.
    await until('the rest', async () => {
      const { pending, running } = await app.api.queue.status({});
      return pending + running === 0;
    });
    await expectSameTracks();
    const ended = await jobs();
    const done = Map.groupBy(
      ended.filter(({ outcome }) => outcome === 'tagged'),
      ({ track_id }) => track_id,
    );
    expect([...done].map(([id, { length }]) => [id, length]).sort()).toEqual(
      [...ids.values()].map((id) => [id, 1]).sort(),
    );
    const { items } = await app.api.tracks.list({ limit: 500 });
    expect(items.filter(({ taggedAt, analyzedAt }) => taggedAt === null || analyzedAt === null)).toEqual([]);
  }, 100_000);

  it('are no hindrance to undoing what was written before them, byte for byte', async () => {
    shuffle(8);
    await scan();
    await expectSameTracks();
    for (const path of paths.values()) await app.api.tagging.undoFile({ path });
    expect(new Map([...paths].map(([key, path]) => [key, sha(path)]))).toEqual(hashes);
  });
});
