import { expect, it } from 'vitest';
import { readHere } from '../../platform/database';
import { createSimilarityQueries } from './queries';
import { anAnalyzedLibrary } from './similar.fixture';

const at = (degrees: number) => [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];

/** "Sad" three times (an encoding of its own, and two files with one audio under other names), and others. */
function aLibrary() {
  const sad = { artist: 'Tyler', seconds: 100, vector: at(0) };
  const library = anAnalyzedLibrary([
    { ...sad, title: 'Sad' },
    { ...sad, title: 'copy 1', vector: at(1) },
    { ...sad, title: 'copy 2', vector: at(1) },
    { ...sad, title: 'encoded', vector: at(3), seconds: 101 },
    { ...sad, title: 'live', vector: at(40) },
    { title: 'Other', artist: 'Else', vector: at(20) },
  ]);
  const { db, id } = library;
  db.prepare("UPDATE track SET title = 'SAD ' WHERE id IN (?, ?)").run(id('encoded'), id('live'));
  db.prepare("UPDATE track SET payload_hash = 'the same' WHERE id IN (?, ?)").run(id('copy 1'), id('copy 2'));
  const { read } = readHere(createSimilarityQueries(db));
  return { ...library, read };
}
const idsIn = ({ items }: { items: readonly { track: { id: number } }[] }) => items.map(({ track }) => track.id);

it('lists a recording once among what is like a track, and names its copies', async () => {
  const { read, id } = aLibrary();
  const found = await read('similarity.similar', {
    id: id('Other'),
    limit: 10,
    minScore: 0,
    wanted: {},
    version: 'v1',
  });
  const rows = found.items.map(({ track, copies }) => [track.id, ...copies].sort((a, b) => a - b));
  expect(rows).toHaveLength(3);
  expect(rows).toContainEqual([id('copy 1'), id('copy 2')]);
  expect(rows).toContainEqual([id('Sad'), id('encoded')]);
  expect(rows, 'another take of the song is another recording').toContainEqual([id('live')]);
});

it('plays a recording once in a mix, also where two of its files are seeds', async () => {
  const { read, id } = aLibrary();
  const wish = { limit: 10, diversity: 0.3, maxPerArtist: 100, includeSeeds: true, wanted: {}, version: 'v1' };
  const mix = await read('similarity.mix', { ...wish, seeds: [id('Sad'), id('encoded')] });
  expect(idsIn(mix).sort()).toEqual([id('Sad'), id('copy 1'), id('live'), id('Other')].sort());
});

it('leads over no recording twice from one track to another', async () => {
  const { read, id } = aLibrary();
  const ends = { from: id('encoded'), to: id('live') };
  const path = await read('similarity.path', { ...ends, steps: 5, wanted: {}, version: 'v1' });
  expect(idsIn(path)).toHaveLength(4);
  expect(idsIn(path)).not.toContain(id('Sad'));
});
