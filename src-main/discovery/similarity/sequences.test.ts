import { expect, it } from 'vitest';
import { readHere } from '../../platform/database';
import { createSimilarityQueries } from './queries';
import { anAnalyzedLibrary, type SimilarTrack } from './similar.fixture';

const at = (degrees: number) => [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180), 0];
/** Ninety tracks around a quarter of a circle, `0`…`89`, by three artists in turn, and some far away from it. */
const QUARTER: readonly SimilarTrack[] = [
  ...Array.from({ length: 90 }, (_, degree) => ({
    title: `${degree}`,
    artist: `Artist ${degree % 3}`,
    bpm: 120,
    vector: at(degree),
  })),
  ...Array.from({ length: 10 }, (_, index) => ({
    title: `off ${index}`,
    artist: 'Elsewhere',
    vector: [0.1, index / 100, 1],
  })),
];

function ask(analyzed = QUARTER) {
  const library = anAnalyzedLibrary(analyzed);
  const { read } = readHere(createSimilarityQueries(library.db));
  return {
    ...library,
    path: (from: string, to: string, steps: number, wanted = {}) =>
      read('similarity.path', { from: library.id(from), to: library.id(to), steps, wanted, version: 'v1' }),
    mix: (seeds: readonly string[], more = {}) =>
      read('similarity.mix', {
        seeds: seeds.map(library.id),
        ...{ limit: 12, diversity: 0.3, maxPerArtist: 100, includeSeeds: true, wanted: {}, version: 'v1' },
        ...more,
      }),
  };
}
const titles = ({ items }: { items: readonly { track: { title: string; artist: string } }[] }) =>
  items.map(({ track }) => track.title);
const artists = ({ items }: { items: readonly { track: { artist: string } }[] }) =>
  items.map(({ track }) => track.artist);
const hasNeighbours = (list: readonly string[]) => list.some((name, index) => index > 0 && name === list[index - 1]);

it('goes from one track to another through what lies between, evenly and never back', async () => {
  const path = await ask().path('0', '89', 8);
  const degrees = titles(path).map(Number);
  expect(degrees).toHaveLength(10);
  expect(degrees[0]).toBe(0);
  expect(degrees.at(-1)).toBe(89);
  for (const [index, degree] of degrees.entries()) expect(Math.abs(degree - (index * 89) / 9)).toBeLessThan(8);
  expect([...degrees].sort((a, b) => a - b)).toEqual(degrees);
  expect(path.items[0].fromPrevious).toBeNull();
  expect(path.items[1].fromPrevious?.parts).toHaveLength(5);
  expect(path.smoothness).toBeGreaterThan(0.5);
});

it('plays no track twice and no artist twice in a row', async () => {
  const path = await ask().path('10', '70', 40);
  expect(new Set(titles(path)).size).toBe(42);
  expect(hasNeighbours(artists(path))).toBe(false);
});

it('plays an artist twice in a row where there is nobody else', async () => {
  const lonely = ask([0, 30, 60, 90].map((degree) => ({ title: `${degree}`, artist: 'Solo', vector: at(degree) })));
  expect(titles(await lonely.path('0', '90', 2))).toEqual(['0', '30', '60', '90']);
});

it('gives fewer steps where a library has no more, and none when none are asked for', async () => {
  const small = ask([0, 30, 90].map((degree) => ({ title: `${degree}`, vector: at(degree) })));
  expect(titles(await small.path('0', '90', 8))).toEqual(['0', '30', '90']);
  expect(titles(await small.path('0', '90', 0))).toEqual(['0', '90']);
  await expect(small.path('0', '0', 3)).rejects.toMatchObject({ code: 'invalid_input' });
});

it('keeps to the filters on the way', async () => {
  const { path } = ask(QUARTER.map((track, index) => ({ ...track, genre: index % 2 ? 'Folk' : 'Rock' })));
  const found = await path('0', '89', 6, { genre: 'folk' });
  expect(found.items.slice(1, -1).every(({ track }) => track.genre === 'Folk')).toBe(true);
});

it('mixes what lies around the middle of the seeds', async () => {
  const mix = await ask().mix(['40', '50'], { diversity: 0 });
  const degrees = titles(mix).map(Number);
  expect(degrees).toHaveLength(12);
  expect(degrees).toContain(40);
  expect(degrees).toContain(50);
  for (const degree of degrees) expect(Math.abs(degree - 45)).toBeLessThanOrEqual(6);
});

it('spreads further the more diversity is asked for', async () => {
  const { mix } = ask();
  const spread = async (diversity: number) => {
    const degrees = titles(await mix(['45'], { diversity })).map((title) =>
      title.startsWith('off') ? 90 : Number(title),
    );
    return Math.max(...degrees) - Math.min(...degrees);
  };
  expect(await spread(0.6)).toBeGreaterThan(await spread(0));
});

it('takes at most so many of an artist, and may leave the seeds out', async () => {
  const mix = await ask().mix(['45'], { maxPerArtist: 2, includeSeeds: false });
  const byArtist = Map.groupBy(artists(mix), (artist) => artist);
  expect(Math.max(...[...byArtist.values()].map(({ length }) => length))).toBe(2);
  expect(titles(mix)).not.toContain('45');
});

it('orders a mix so that each track follows smoothly, beginning with the seed', async () => {
  const mix = await ask().mix(['45'], { diversity: 0 });
  expect(titles(mix)[0]).toBe('45');
  expect(hasNeighbours(artists(mix))).toBe(false);
  expect(mix.smoothness).toBeGreaterThan(0.7);
});
