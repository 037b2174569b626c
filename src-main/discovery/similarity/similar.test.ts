import { expect, it } from 'vitest';
import { readHere } from '../../platform/database';
import { createSimilarityQueries } from './queries';
import { anAnalyzedLibrary, type SimilarTrack } from './similar.fixture';

const at = (degrees: number) => [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180), 0];
const LIBRARY: readonly SimilarTrack[] = [
  {
    title: 'seed',
    artist: 'Anna',
    album: 'Tides',
    genre: 'Folk; Jazz',
    bpm: 120,
    key: 'C',
    moods: { happy: 3, calm: 1 },
    vector: at(0),
  },
  { title: 'near', artist: 'Ben', genre: 'Rock', bpm: 60, key: 'Am', moods: { happy: 3 }, vector: at(10) },
  {
    title: 'twin',
    artist: 'ANNA',
    album: 'Tides',
    genre: 'folk',
    bpm: 121,
    key: 'C',
    moods: { happy: 3, calm: 1 },
    vector: at(11),
  },
  { title: 'far', artist: 'Cleo', genre: 'Metal', bpm: 170, key: 'F#', year: 1999, library: 2, vector: at(80) },
  { title: 'other side', artist: 'Dora', vector: [0, 0, 1] },
  { title: 'never analyzed', artist: 'Emil' },
];

function ask(given = anAnalyzedLibrary(LIBRARY)) {
  const { read } = readHere(createSimilarityQueries(given.db));
  return {
    ...given,
    similar: (title: string, wanted = {}, more = {}) =>
      read('similarity.similar', { id: given.id(title), limit: 20, minScore: 0, wanted, version: 'v1', ...more }),
    titles: async (title: string, wanted = {}, more = {}) =>
      (
        await read('similarity.similar', {
          id: given.id(title),
          limit: 20,
          minScore: 0,
          wanted,
          version: 'v1',
          ...more,
        })
      ).items.map(({ track }) => track.title),
  };
}

it('orders by sound first, and lets tempo, key, moods and genres decide between tracks that sound alike', async () => {
  const { titles } = ask();
  expect(await titles('seed')).toEqual(['twin', 'near', 'other side', 'far']);
});

it('says why, in parts that make up the score', async () => {
  const { similar } = ask();
  const { items, backbone, version, compared } = await similar('seed');
  expect({ backbone, version, compared }).toEqual({ backbone: 'musicnn', version: 'v1', compared: 5 });
  const near = items.find(({ track }) => track.title === 'near')!;
  expect(near.cosine).toBeCloseTo(Math.cos((10 * Math.PI) / 180), 6);
  expect(
    near.parts.map(({ name, value, words }) => [name, value === null ? null : Math.round(value * 100), words]),
  ).toEqual([
    ['timbre', 97, 'sounds nearly the same'],
    ['tempo', 85, '120 → 60 BPM, at half the tempo'],
    ['moods', 75, 'both happy'],
    ['key', 90, 'C → Am, relative key'],
    ['genres', 0, 'no genres in common'],
  ]);
  expect(near.score).toBeCloseTo(
    near.parts.reduce((sum, { value, weight }) => sum + value! * weight, 0),
    9,
  );
  expect(near.parts.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
});

it('neither rewards nor punishes what is not known of a track', async () => {
  const { items } = await ask().similar('seed');
  const other = items.find(({ track }) => track.title === 'other side')!;
  expect(other.parts.map(({ name, value }) => [name, value])).toEqual([
    ['timbre', 0],
    ['tempo', null],
    ['moods', null],
    ['key', null],
    ['genres', null],
  ]);
  expect(other.score).toBeCloseTo(0.2, 9);
});

it('finds only what the filters let through', async () => {
  const { titles } = ask();
  expect(await titles('seed', { library: 2 })).toEqual(['far']);
  expect(await titles('seed', { mood: 'Happy' })).toEqual(['twin', 'near']);
  expect(await titles('seed', { genre: 'rock' })).toEqual(['near']);
  expect(await titles('seed', { bpmMin: 100, bpmMax: 130 })).toEqual(['twin']);
  expect(await titles('seed', { yearMin: 1990, yearMax: 2000 })).toEqual(['far']);
  expect(await titles('seed', { durationMin: 201 })).toEqual([]);
  expect(await titles('seed', { keyCompatible: true })).toEqual(['twin', 'near']);
  expect(await titles('seed', { excludeSameArtist: true })).toEqual(['near', 'other side', 'far']);
  expect(await titles('seed', { excludeSameAlbum: true })).toEqual(['near', 'other side', 'far']);
  expect(await titles('seed', {}, { limit: 1 })).toEqual(['twin']);
  expect(await titles('seed', {}, { minScore: 0.9 })).toEqual(['twin']);
});

it('leaves out files that are missing', async () => {
  const library = ask();
  library.tracks.markMissing([library.id('twin')], new Date());
  expect(await library.titles('seed')).toEqual(['near', 'other side', 'far']);
  expect(await library.titles('seed', { mood: 'happy' })).toEqual(['near']);
});

it('is fresh at once: a track that was just analyzed, analyzed again, or removed', async () => {
  const { titles, add, push, db, id } = ask();
  expect(await titles('seed', {}, { limit: 2 })).toEqual(['twin', 'near']);
  add({ title: 'newcomer', bpm: 120, key: 'C', genre: 'Folk; Jazz', moods: { happy: 3, calm: 1 }, vector: at(0.1) });
  expect(await titles('seed', {}, { limit: 2 })).toEqual(['newcomer', 'twin']);
  push(id('newcomer'), at(90));
  expect(await titles('seed', {}, { limit: 2 })).toEqual(['twin', 'near']);
  db.prepare('DELETE FROM track WHERE id = ?').run(id('twin'));
  expect(await titles('seed', {}, { limit: 2 })).toEqual(['near', 'newcomer']);
  db.prepare('DELETE FROM library WHERE id = 2').run();
  expect(await titles('seed')).toEqual(['near', 'newcomer', 'other side']);
});

it('compares vectors of one version only, and changes over when half of the tracks were analyzed anew', async () => {
  const { similar, push, id } = ask();
  const anew = async () => (await similar('seed', {}, { version: 'v2' })).version;
  push(id('seed'), at(0), 'v2');
  expect(await anew()).toBe('v1');
  for (const title of ['near', 'far']) push(id(title), at(50), 'v2');
  // What has been counted is counted again after fifty changes.
  for (let times = 0; times < 50; times++) push(id('seed'), at(0), 'v2');
  const { version, items } = await similar('seed', {}, { version: 'v2' });
  expect(version).toBe('v2');
  expect(items.map(({ track }) => track.title).sort()).toEqual(['far', 'near']);
});

it('says what is wanting when a track has no vector, or none has', async () => {
  const { similar, id } = ask();
  await expect(similar('never analyzed')).rejects.toMatchObject({
    code: 'not_found',
    message: expect.stringContaining('Analyze it first'),
  });
  await expect(similar('seed', {}, { id: 4711 })).rejects.toMatchObject({ code: 'not_found' });
  await expect(similar('seed', {}, { backbone: 'effnet' })).rejects.toMatchObject({
    message: expect.stringContaining('"effnet"'),
  });
  expect(id('seed')).toBe(1);
  const silent = ask(anAnalyzedLibrary([{ title: 'seed' }]));
  await expect(silent.similar('seed')).rejects.toMatchObject({ code: 'not_found' });
});

it('does not fall over a library of one track, or over a vector of zeros', async () => {
  expect(await ask(anAnalyzedLibrary([{ title: 'only', vector: at(0) }])).titles('only')).toEqual([]);
  const odd = ask(
    anAnalyzedLibrary([
      { title: 'a', vector: at(0) },
      { title: 'zero', vector: [0, 0, 0] },
      { title: 'b', vector: at(0) },
    ]),
  );
  expect(await odd.titles('a')).toEqual(['b']);
});

it('finds what is there behind any number of nearer tracks whose files are gone', async () => {
  const library = anAnalyzedLibrary([
    { title: 'seed', vector: at(0) },
    { title: 'there', vector: at(30) },
    ...Array.from({ length: 600 }, (_, index) => ({ title: `gone ${index}`, vector: at(1 + index / 100) })),
  ]);
  library.db.prepare("UPDATE track SET missing_since = '2026-01-01' WHERE title LIKE 'gone%'").run();
  const { titles } = ask(library);
  expect(await titles('seed')).toEqual(['there']);
});
