import { expect, it } from 'vitest';
import { readHere } from '../../platform/database';
import { routesOf } from '../../rpc/routes';
import { similarityContract } from './contract';
import { createSimilarityQueries } from './queries';
import { anAnalyzedLibrary } from './similar.fixture';
import { createSimilarity } from './similarity';

/** The answers as a door gives them: input and output through the contract's schemas. */
function anApi() {
  const library = anAnalyzedLibrary([
    { title: 'Salt', artist: 'Anna', vector: [1, 0] },
    { title: 'Undertow', artist: 'Ben', vector: [0.9, 0.1] },
    { title: 'Élan', artist: 'Cléo', library: 2, vector: [0, 2] },
    { title: 'Silence', artist: 'Nobody' },
  ]);
  const { db, tracks, analyses } = library;
  const libraries = {
    list: () => [{ id: 1 }, { id: 2 }],
    libraryOf: async (path: string) =>
      path.startsWith('/two/') ? { library: { id: 2 }, path: path.slice(5) } : undefined,
  };
  const reader = readHere(createSimilarityQueries(db));
  const handlers = createSimilarity({ reader, tracks, analyses, libraries, version: () => 'v1' });
  const routes = routesOf('similarity', similarityContract, handlers, (_name, thrown) => {
    throw thrown;
  });
  async function call(name: keyof typeof similarityContract, input: unknown) {
    const outcome = await routes
      .find((route) => route.name === `similarity.${name}`)!
      .call(input, { transport: 'http' });
    return outcome.ok ? outcome.value : outcome.error;
  }
  return { ...library, call };
}

it('answers a query string: numbers and yes or no as text', async () => {
  const { call } = anApi();
  const found = await call('similar', { id: '1', limit: '1', excludeSameArtist: 'true', library: '1' });
  expect(found).toMatchObject({ backbone: 'musicnn', compared: 3, items: [{ track: { title: 'Undertow' } }] });
  expect(await call('similar', { id: '1', limit: '101' })).toMatchObject({ code: 'invalid_input' });
});

it('searches vectors as Nomarr does, with the track itself among the found', async () => {
  const { call } = anApi();
  expect(await call('vectorSearch', { file_id: 'library_files/1', backbone_id: 'musicnn' })).toMatchObject({
    backbone_id: 'musicnn',
    results: [{ file_id: 1, score: 1 }, { file_id: 2 }, { file_id: 3, score: 0 }],
  });
  expect(await call('vectorSearch', { file_id: 1, library_scope: 'own', min_score: 0.999 })).toMatchObject({
    results: [{ file_id: 1, title: 'Salt' }],
  });
  expect(await call('vectorSearch', { file_id: 1, library_scope: '2' })).toMatchObject({ results: [{ file_id: 3 }] });
  expect(await call('vectorSearch', { file_id: 1, library_scope: 'mine' })).toMatchObject({ code: 'invalid_input' });
});

it('tells which vectors there are, and reads one out as it was stored', async () => {
  const { call } = anApi();
  expect(await call('vectorBackbones', {})).toEqual({ backbones: ['musicnn'] });
  expect(await call('vectorStats', {})).toEqual({
    current_version: 'v1',
    stats: [{ backbone_id: 'musicnn', version: 'v1', dimensions: 2, total_count: 3, is_current: true }],
  });
  expect(await call('vectorOfTrack', { file_id: '3' })).toMatchObject({ vector: [0, 2], version: 'v1' });
  expect(await call('vectorOfTrack', { file_id: 4 })).toMatchObject({ code: 'not_found' });
});

it('finds the track of a player by id, path, or title and artist', async () => {
  const { add, call } = anApi();
  const ofPlayer = (name: object) => call('similarForPlayers', { ...name, count: 1 });
  const nextToSalt = { file_id: 1, count: 1, tracks: [{ title: 'Undertow', duration_ms: 200_000 }] };
  expect(await ofPlayer({ file_id: 1 })).toMatchObject(nextToSalt);
  expect(await ofPlayer({ path: 'Salt.mp3' })).toMatchObject(nextToSalt);
  expect(await ofPlayer({ path: '/two/Élan.mp3' })).toMatchObject({ file_id: 3 });
  expect(await ofPlayer({ title: 'elan', artist: 'CLEO' })).toMatchObject({ file_id: 3 });
  expect(await ofPlayer({ title: 'Salt', artist: 'Cleo' })).toMatchObject({ code: 'not_found' });

  for (let number = 1; number <= 120; number++)
    add({ title: `Undertow, part ${number}`, artist: 'Ben', vector: [1, 1] });
  add({ title: '!!!', artist: 'Zoë', vector: [0, 1] });
  expect(await ofPlayer({ title: 'Undertow', artist: 'Ben' })).toMatchObject({ file_id: 2 });
  expect(await ofPlayer({ title: '!!!' })).toMatchObject({ file_id: 125 });
  expect(await ofPlayer({})).toMatchObject({ code: 'invalid_input' });
});

it('exports what was found as a playlist', async () => {
  const { call } = anApi();
  expect(await call('export', { name: 'Tides', trackIds: [2, 1] })).toEqual({
    fileName: 'Tides.m3u8',
    content: '#EXTM3U\n#PLAYLIST:Tides\n#EXTINF:200,Ben - Undertow\nUndertow.mp3\n#EXTINF:200,Anna - Salt\nSalt.mp3\n',
  });
});
