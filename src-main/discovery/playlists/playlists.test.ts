import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { EVENTS, Settings } from '../../app/contract';
import { createSafeFiles, type SafeFiles } from '../../files/safe-files';
import { readHere } from '../../platform/database';
import { createEventBus } from '../../platform/events';
import { aLibrary, aMusicLibrary, queriesOf } from './library.fixture';
import { createPlaylists } from './playlists';

const NOW = new Date('2026-11-21T12:00:00Z');
const caller = { transport: 'http' } as const;
let root: string;
let chosen: string;
let safeFiles: SafeFiles;
let playlists: ReturnType<typeof start>;

function start() {
  const db = aMusicLibrary([
    {
      title: 'One',
      artist: 'A',
      path: 'A/One.flac',
      durationMs: 61_400,
      scores: { 'mood_happy/happy': 0.9, 'mood_happy/non_happy': 0.1 },
    },
    { title: 'Two', artist: 'B', path: 'B/Two.flac', scores: { 'mood_happy/happy': 0.3, 'mood_happy/non_happy': 0.7 } },
    { title: 'Three\nlines', path: '#3.flac', scores: { 'mood_happy/happy': 0.7, 'mood_happy/non_happy': 0.3 } },
  ]);
  db.prepare('UPDATE library SET root_path = ?').run(root);
  const settings = { current: Settings.parse({ playlist_folder: chosen }) };
  const libraries = { list: () => [aLibrary(root)] };
  const reader = readHere(queriesOf(db));
  const folder = join(chosen, 'own');
  safeFiles = createSafeFiles({ db });
  const events = createEventBus(EVENTS);
  const made = createPlaylists({ db, safeFiles, reader, settings, libraries, folder, events, now: () => NOW });
  safeFiles.register(made.fileKind);
  return made;
}

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'tonearm-lists-')));
  chosen = realpathSync(mkdtempSync(join(tmpdir(), 'tonearm-chosen-')));
  playlists = start();
});
afterEach(() => {
  for (const folder of [root, chosen]) rmSync(folder, { recursive: true, force: true });
});

const happy = { rules: { all: [{ field: 'nom_happy', operator: 'gt' as const, value: 0.5 }] }, sort: '-nom_happy' };
const draft = (name = 'Happy') => ({ name, criteria: happy, comment: '', isPublic: true, target: 'none' as const });
const save = async (name?: string) => playlists.handlers.create(draft(name), caller);

it('previews and generates what the documents ask for', async () => {
  const asked = { query: 'nom:mood_happy is true', preview_limit: 1 };
  expect(await playlists.handlers.preview(asked, caller)).toMatchObject({
    query: 'nom:mood_happy is true',
    matched_tracks: 2,
    total_count: 2,
    preview: [{ path: `${root}/A/One.flac`, title: 'One', artist: 'A' }],
    findings: [],
  });
  const named = {
    query: asked.query,
    playlist_name: 'Happy Mood',
    comment: 'Tracks with happy mood',
    limit: 500,
    sort: 'random',
  };
  const { content } = await playlists.handlers.generate(named, caller);
  expect(JSON.parse(content)).toEqual({
    name: 'Happy Mood',
    comment: 'Tracks with happy mood',
    all: [{ gt: { nom_happy: 0.5 } }],
    sort: 'random',
    limit: 500,
  });
});

it('previews a tree with a mistake as nothing, and says which rule is meant', async () => {
  const rules = { all: [happy.rules.all[0], { any: [{ field: 'nom:happy', operator: 'gt' as const, value: 1 }] }] };
  const preview = await playlists.handlers.preview({ rules, preview_limit: 10 }, caller);
  expect(preview).toMatchObject({ matched_tracks: 0, findings: [{ code: 'unknown_field', path: [1, 0] }] });
  expect(preview.findings[0].message).toContain('nom_happy');
  await expect(async () => playlists.handlers.generate({ rules, playlist_name: 'x' }, caller)).rejects.toMatchObject({
    code: 'invalid_input',
  });
});

it('says which rules only Navidrome can judge, and what it took instead', async () => {
  const query = 'nom:happy > 0.5 AND playcount = 0 AND hascoverart is true';
  const preview = await playlists.handlers.preview({ query, preview_limit: 10 }, caller);
  expect(preview.matched_tracks).toBe(2);
  expect(preview.unjudged.map(({ path, assumed }) => [path, assumed])).toEqual([
    [[1], 'unplayed'],
    [[2], 'left_out'],
  ]);
});

it('keeps playlists, counts them as they are now, and refuses those that Navidrome would empty', async () => {
  const saved = await save();
  expect(saved).toMatchObject({ name: 'Happy', kind: 'smart', criteria: happy, isPublic: true, files: [] });
  expect(await playlists.handlers.count({ id: saved.id }, caller)).toEqual({ total: 2, matched: 2 });
  const limited = { ...happy, limit: 1 };
  await playlists.handlers.update({ id: saved.id, criteria: limited, name: 'Happiest' }, caller);
  expect(await playlists.handlers.count({ id: saved.id }, caller)).toEqual({ total: 1, matched: 2 });
  const wrong = { rules: { all: [{ field: 'nothing', operator: 'is' as const, value: 1 }] } };
  await expect(async () => playlists.handlers.update({ id: saved.id, criteria: wrong }, caller)).rejects.toMatchObject({
    code: 'invalid_input',
    details: [{ code: 'unknown_field' }],
  });
  expect((await playlists.handlers.list({}, caller)).playlists.map(({ name }) => name)).toEqual(['Happiest']);
});

it('gives what is published: rules without a name, and the tracks of now by library and path', async () => {
  const { id } = await save();
  expect(await playlists.source.nspOf(id)).toEqual({
    name: 'Happy',
    comment: '',
    public: true,
    rules: { all: [{ gt: { nom_happy: 0.5 } }], sort: '-nom_happy' },
  });
  expect(await playlists.source.tracksOf(id)).toEqual([
    { libraryId: 1, path: 'A/One.flac' },
    { libraryId: 1, path: '#3.flac' },
  ]);
  await expect(playlists.source.tracksOf(99)).rejects.toMatchObject({ code: 'not_found' });
});

it('writes M3U with paths from its folder, and names that no player misreads', async () => {
  const { id } = await save('Happy: all/of it');
  const { path } = await playlists.handlers.write({ id, folder: join(root, 'Lists'), format: 'm3u' }, caller);
  expect(path).toBe(join(root, 'Lists', 'Happy_ all_of it.m3u8'));
  expect(readFileSync(path, 'utf8')).toBe(
    [
      '#EXTM3U',
      '#PLAYLIST:Happy: all/of it',
      '#EXTINF:61,A - One',
      '../A/One.flac',
      '#EXTINF:180,Three lines',
      '../#3.flac',
      '',
    ].join('\n'),
  );
  const { content } = await playlists.handlers.export({ id, format: 'm3u' }, caller);
  expect(content.split('\n').slice(2, 6)).toEqual([
    '#EXTINF:61,A - One',
    'A/One.flac',
    '#EXTINF:180,Three lines',
    './#3.flac',
  ]);
});

it('replaces and deletes only files that it wrote and nobody edited, and leaves nothing half written', async () => {
  const { id } = await save();
  const write = async () => playlists.handlers.write({ id, folder: root, format: 'nsp' }, caller);
  const { path } = await write();
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ name: 'Happy', public: true });
  await write();
  expect(readdirSync(root)).toEqual(['Happy.nsp']);
  writeFileSync(path, '{ "edited": true }');
  await expect(write()).rejects.toMatchObject({ code: 'conflict' });
  expect(await playlists.handlers.remove({ id }, caller)).toEqual({ left: [path] });
  expect(readFileSync(path, 'utf8')).toBe('{ "edited": true }');

  const foreign = await save('Foreign');
  writeFileSync(join(root, 'Foreign.nsp'), 'of someone else');
  await expect(async () =>
    playlists.handlers.write({ id: foreign.id, folder: root, format: 'nsp' }, caller),
  ).rejects.toMatchObject({ code: 'conflict' });
  const third = await save('Third');
  await playlists.handlers.write({ id: third.id, folder: chosen, format: 'nsp' }, caller);
  expect(await playlists.handlers.remove({ id: third.id }, caller)).toEqual({ left: [] });
  expect(readdirSync(chosen)).toEqual([]);
});

it('writes into no folder outside the libraries and the chosen one', async () => {
  const { id } = await save();
  for (const folder of [tmpdir(), join(root, '..'), '/etc', join(root, '../../x')]) {
    await expect(async () => playlists.handlers.write({ id, folder, format: 'nsp' }, caller)).rejects.toMatchObject({
      code: 'outside_library',
    });
  }
});

it('keeps the tracks of now as a static playlist, which stays as it is', async () => {
  const { id } = await save();
  const kept = await playlists.handlers.snapshot({ id }, caller);
  expect(kept).toMatchObject({ name: 'Happy (2026-11-21)', kind: 'static', criteria: null });
  const { tracks } = await playlists.handlers.tracks({ id: kept.id, limit: 10 }, caller);
  expect(tracks.map(({ title }) => title)).toEqual(['One', 'Three\nlines']);
  await expect(async () => playlists.handlers.export({ id: kept.id, format: 'nsp' }, caller)).rejects.toMatchObject({
    code: 'invalid_input',
  });
  expect(playlists.addStatic('Imported', [2, 1]).kind).toBe('static');
});

it('offers the templates whose scores this library has, and writes them where nothing else is said into its own folder', async () => {
  const { templates } = await playlists.handlers.templates({}, caller);
  expect(templates.map(({ template_id }) => template_id)).toEqual([]);
  await expect(async () => playlists.handlers.writeTemplates({}, caller)).rejects.toMatchObject({ code: 'not_found' });
});

it('has what it wrote into a folder undone: a new file goes, an earlier one is there again and still ours', async () => {
  const { id } = await save();
  const write = () => playlists.handlers.write({ id, folder: root, format: 'nsp' }, caller);
  const { path } = await write();
  const first = readFileSync(path, 'utf8');
  await playlists.handlers.update({ id, comment: 'Another' }, caller);
  await write();
  await safeFiles.undoFile(path);
  expect(readFileSync(path, 'utf8')).toBe(first);
  await write();
  await safeFiles.undoFile(path);
  await safeFiles.undoFile(path);
  expect(readdirSync(root)).toEqual([]);
  expect((await playlists.handlers.get({ id }, caller)).files).toEqual([]);
});

it('gives a file back that was deleted with its playlist', async () => {
  const { id } = await save();
  const { path } = await playlists.handlers.write({ id, folder: root, format: 'nsp' }, caller);
  const content = readFileSync(path, 'utf8');
  await playlists.handlers.remove({ id }, caller);
  expect(readdirSync(root)).toEqual([]);
  await safeFiles.undoFile(path);
  expect(readFileSync(path, 'utf8')).toBe(content);
});
