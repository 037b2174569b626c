import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterAll, expect } from 'vitest';
import { workerPrograms } from '../../src-main/app';
import { createApp } from '../../src-main/app/app';
import { createTrackRepository } from '../../src-main/library/tracks';
import { openDatabase } from '../../src-main/platform/database';
import { findPaths } from '../../src-main/platform/paths/paths';
import { createNodeHost } from '../../src-main/platform/worker-process';
import { localApi } from '../../src-main/transport/cli/terminal/library-access';
import { makeMusic } from '../e2e/music';
import { requires } from '../support/requirements';
import { temporaryFolder } from '../support/small-music';
import { writeTinyModels } from '../support/tiny-model';
import { record } from './results';

const { it } = requires('ffmpeg');

const TRACKS = 100_000;
const FILES = 100;
const folder = temporaryFolder('eventloop');
afterAll(folder.remove);

it(`keeps the main process free while it tags with ${TRACKS} tracks in its database and pages are asked for`, async () => {
  const music = join(folder.path, 'music');
  await makeMusic(music, FILES);
  const models = writeTinyModels(join(folder.path, 'models'));
  const paths = findPaths({ data: join(folder.path, 'data'), models: [models] });
  mkdirSync(paths.data, { recursive: true });
  fill(paths.database);

  const app = await createApp(paths, { workers: createNodeHost(workerPrograms(paths)) });
  const api = await localApi(app.routes);
  await api.settings.update({ workers: 2 });
  await app.start();
  await api.libraries.add({ root_path: music });
  await api.queue.tag({ path: music, force: true });
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  const calls: number[] = [];
  for (let index = 0; ; index++) {
    const began = performance.now();
    await PAGES[index % PAGES.length](api, index);
    calls.push(performance.now() - began);
    const { pending, running } = await api.queue.status({});
    if (pending + running === 0) break;
    // As a person scrolling and typing would ask: some ten times a second.
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  loop.disable();
  const { items } = await api.queue.batches({ limit: 1 });
  await app.stop();
  calls.sort((a, b) => a - b);
  const p99 = loop.percentile(99) / 1e6;
  record(`Event loop of the main process while it tags, ${TRACKS} tracks`, {
    'files tagged': items[0].done,
    'pages asked for': calls.length,
    'page, p99': `${calls[Math.floor(calls.length * 0.99)].toFixed(1)} ms`,
    'delay, p50': `${(loop.percentile(50) / 1e6).toFixed(1)} ms`,
    'delay, p99': `${p99.toFixed(1)} ms`,
    'delay, most': `${(loop.max / 1e6).toFixed(1)} ms`,
  });
  expect(items[0]).toMatchObject({ done: FILES, failed: [] });
  expect(p99).toBeLessThan(50);
});

type Api = Awaited<ReturnType<typeof localApi>>;

/** What a window with the list of tracks and the queue open asks for. */
const PAGES: readonly ((api: Api, index: number) => Promise<unknown>)[] = [
  (api, index) => api.tracks.list({ sort: 'artist', offset: (index * 7919) % TRACKS }),
  (api, index) => api.tracks.list({ query: `artist ${index % 500}` }),
  (api) => api.queue.list({ limit: 100 }),
  (api, index) =>
    api.tracks.list({ show: 'untagged', sort: 'added', order: 'desc', offset: (index * 104_729) % 50_000 }),
  (api, index) => api.tracks.list({ query: 'tit'.slice(0, 1 + (index % 3)), sort: 'title' }),
  (api) => api.queue.batches({ limit: 20 }),
];

/** A second library beside the one that is tagged: rows without files, as a scan leaves them. */
function fill(file: string): void {
  const db = openDatabase(file);
  const tracks = createTrackRepository(db);
  const at = new Date().toISOString();
  const library = db
    .prepare("INSERT INTO library (name, root_path, created_at, updated_at) VALUES ('large', '/nowhere', ?, ?)")
    .run(at, at);
  const numbers = { durationMs: 200_000, sampleRate: 44_100, channels: 2, bitrate: 320_000, year: 2000 };
  const add = db.transaction((from: number) => {
    for (let index = from; index < from + 1000; index++) {
      const artist = `Artist ${index % 3000}`;
      const texts = { container: 'mp3', title: `Title ${index}`, artist, albumArtist: artist, genre: 'Folk' };
      const place = { album: `Album ${index % 10_000}`, trackNumber: index % 10, discNumber: 1 };
      const path = `${artist}/${place.album}/${index}.mp3`;
      const libraryId = Number(library.lastInsertRowid);
      const found = { libraryId, path, pathBytes: null, sizeBytes: 8e6, mtimeMs: index, inode: String(index) };
      tracks.add(found, { metadata: { ...numbers, ...texts, ...place } });
    }
  });
  for (let from = 0; from < TRACKS; from += 1000) add(from);
  db.close();
}
