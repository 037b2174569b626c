import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { EVENTS, SETTINGS } from '../../src-main/app/contract';
import type { ReaderQueries } from '../../src-main/app/reader-queries';
import { createPlaylists, playlistImportHandlers, playlistReaders } from '../../src-main/discovery/playlists';
import type { Group } from '../../src-main/discovery/playlists/rules/contract';
import { createSafeFiles } from '../../src-main/files/safe-files';
import { createTrackRepository } from '../../src-main/library/tracks';
import { createReader, openDatabase } from '../../src-main/platform/database';
import { createEventBus } from '../../src-main/platform/events';
import { findPaths } from '../../src-main/platform/paths/paths';
import { createSettings } from '../../src-main/platform/settings';
import { temporaryFolder } from '../support/small-music';
import { askAll } from './questions';
import { fillWithSyntheticTracks } from './synthetic-library';

const TRACKS = 100_000;
const MAX_MS = 500;
const MAX_DELAY_MS = 50;
const folder = temporaryFolder('playlists');
const database = join(folder.path, 'playlists.db');
const fail = (thrown: unknown) => {
  throw thrown;
};
const reader = createReader<ReaderQueries>(findPaths().readerEntry, database, fail);
const WINDOW = { transport: 'window' } as const;
const NESTED: Group = {
  all: [
    {
      any: [
        { field: 'nom_happy', operator: 'gt', value: 0.6 },
        { field: 'nom_party', operator: 'gt', value: 0.6 },
      ],
    },
    { none: [{ field: 'nom_mood_strict', operator: 'is', value: 'sad' }] },
    { field: 'year', operator: 'gt', value: 1990 },
  ],
};
/** As an export of a service has them: right, spelt otherwise, not there. */
const LINES = Array.from({ length: 1000 }, (_, line) => {
  const track = (line * 97) % TRACKS;
  if (line % 10 === 9) return `Nothing like it ${line},Nobody ${line}`;
  return `Title ${track}${line % 5 === 4 ? ' (Remastered)' : ''},Artist ${track % 3000}`;
});
const LIST = `title,artist\n${LINES.join('\n')}\n`;

let questions: Readonly<Record<string, () => unknown>>;
/** Each asks some twenty times, as a screen does that shows so many numbers. */
let manyAtOnce: typeof questions;
let close: () => void;

beforeAll(async () => {
  const db = openDatabase(database);
  fillWithSyntheticTracks(db, TRACKS);
  const events = createEventBus(EVENTS, fail);
  const settings = createSettings(db, events, SETTINGS);
  const libraries = { list: () => [] };
  const { handlers: answers, addStatic } = createPlaylists({
    db,
    safeFiles: createSafeFiles({ db }),
    reader,
    events,
    settings,
    libraries,
    folder: folder.path,
  });
  const savePlaylist = addStatic;
  const imports = playlistImportHandlers({
    ...{ db, reader, tracks: createTrackRepository(db), savePlaylist },
    readPlaylist: (name, content) => playlistReaders.playlist.read({ name, content }),
  });
  const preview = (rules: Group, more = {}) => answers.preview({ rules, preview_limit: 12, ...more }, WINDOW);
  const saved: number[] = [];
  for (let at = 0; at < 20; at++) {
    const rules: Group = { all: [{ field: 'nom_happy', operator: 'gt', value: at / 20 }] };
    const draft = { name: `List ${at}`, comment: '', isPublic: false, target: 'none', criteria: { rules } } as const;
    saved.push((await answers.create(draft, WINDOW)).id);
  }
  questions = {
    'a score above a number': () => preview({ all: [{ field: 'nom_happy', operator: 'gt', value: 0.6 }] }),
    'a text in titles': () => preview({ all: [{ field: 'title', operator: 'contains', value: '777' }] }),
    'a text in remarks': () => preview({ all: [{ field: 'comment', operator: 'contains', value: '777' }] }),
    'a mood': () => preview({ all: [{ field: 'nom_mood_strict', operator: 'is', value: 'happy' }] }),
    'a genre': () => preview({ all: [{ field: 'genre', operator: 'is', value: 'Genre 7' }] }),
    'a tempo': () => preview({ all: [{ field: 'nom_bpm', operator: 'gt', value: 120 }] }),
    'groups in groups, sorted, 100 of them': () => preview(NESTED, { sort: '-nom_happy,title', limit: 100 }),
    'everything, by a score': () =>
      preview({ all: [{ field: 'year', operator: 'gt', value: 0 }] }, { sort: '-nom_happy' }),
    'fields with suggestions': () => answers.fields({}, WINDOW),
    '500 tracks of a playlist': () => answers.tracks({ id: saved[10], limit: 500 }, WINDOW),
    'an imported list of 1000 lines': () => imports.preview({ name: 'list.csv', content: LIST, index: 0 }, WINDOW),
  };
  manyAtOnce = {
    'counts of 20 playlists': () => Promise.all(saved.map((id) => answers.count({ id }, WINDOW))),
    'tags with the tracks of each': () => answers.tags({}, WINDOW),
  };
  close = () => db.close();
});
afterAll(async () => {
  await reader.stop();
  close();
  folder.remove();
});

it(`answers what the screens of playlists ask about ${TRACKS} tracks within half a second, beside the main thread`, async () => {
  const slowest = await askAll(`Playlists of ${TRACKS} tracks`, questions);
  expect(slowest.loop).toBeLessThan(MAX_DELAY_MS);
  expect(slowest.answer).toBeLessThanOrEqual(MAX_MS);
  const many = await askAll(`Playlists of ${TRACKS} tracks`, manyAtOnce);
  expect(many.loop).toBeLessThan(MAX_DELAY_MS);
  expect(many.answer).toBeLessThanOrEqual(20 * MAX_MS);
});
