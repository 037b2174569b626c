import { expect, it } from 'vitest';
import type { TrackMetadata } from '../../files/tag-formats/track-metadata';
import { type Database, openDatabase } from '../../platform/database';
import type { TrackQuery } from './track-list';
import { createTrackRepository } from './track-repository';

function aLibrary(db: Database, name = 'Music'): number {
  const add = db.prepare(`INSERT INTO library (name, root_path, created_at, updated_at) VALUES (?, ?, '', '')`);
  return Number(add.run(name, `/music/${name}`).lastInsertRowid);
}

const metadata: TrackMetadata = {
  container: 'mp3',
  durationMs: 1000,
  sampleRate: 44_100,
  channels: 2,
  bitrate: 128_000,
  title: null,
  artist: null,
  albumArtist: null,
  album: null,
  genre: null,
  year: null,
  trackNumber: null,
  discNumber: null,
};

function aRepository() {
  const db = openDatabase(':memory:');
  const tracks = createTrackRepository(db);
  const libraryId = aLibrary(db);
  let inode = 0;
  const file = (path: string) => ({
    ...{ libraryId, path, pathBytes: null, sizeBytes: 100, mtimeMs: 1, inode: String(++inode) },
  });
  const add = (path: string, tags: Partial<TrackMetadata> = {}) =>
    tracks.add(file(path), { metadata: { ...metadata, ...tags } });
  const titles = (query: Partial<TrackQuery> = {}) =>
    tracks
      .list({ query: '', show: 'all', sort: 'title', order: 'asc', limit: 100, offset: 0, ...query })
      .items.map((track) => track.title);
  return { db, tracks, libraryId, file, add, titles };
}

it('finds tracks by the beginnings of words, whatever their diacritics and special characters', () => {
  const { add, titles } = aRepository();
  add('a.mp3', { title: 'Hoppípolla', artist: 'Sigur Rós' });
  add('b.mp3', { title: 'Thunderstruck', artist: 'AC/DC' });
  add('c.mp3', { title: '東京の夜', artist: 'Mø' });
  add('d/it\'s 100% "quoted".mp3');
  expect(titles({ query: 'ros hopp' })).toEqual(['Hoppípolla']);
  expect(titles({ query: 'RÓS' })).toEqual(['Hoppípolla']);
  expect(titles({ query: 'ac/dc' })).toEqual(['Thunderstruck']);
  expect(titles({ query: '京' })).toEqual(['東京の夜']);
  expect(titles({ query: 'mo' })).toEqual(['東京の夜']);
  expect(titles({ query: `it's "quoted" 100% (` })).toEqual([`it's 100% "quoted"`]);
  for (const query of ['AND', 'NOT OR', 'a*b"', '-', 'col:x', 'NEAR(a b)'])
    expect(() => titles({ query })).not.toThrow();
});

it('sorts as people do, the unknown last, and pages without a gap in both directions', () => {
  const { add, titles } = aRepository();
  add('1.mp3', { title: 'éclair', artist: 'B', albumArtist: 'B', album: 'X', trackNumber: 2 });
  add('2.mp3', { title: 'Zebra', artist: 'b', albumArtist: 'B', album: 'X', trackNumber: 1 });
  add('3.mp3', { title: 'eclipse' });
  expect(titles()).toEqual(['éclair', 'eclipse', 'Zebra']);
  expect(titles({ order: 'desc', limit: 1, offset: 1 })).toEqual(['eclipse']);
  expect(titles({ sort: 'artist' })).toEqual(['Zebra', 'éclair', 'eclipse']);
  expect(titles({ sort: 'album' })).toEqual(['Zebra', 'éclair', 'eclipse']);
  expect(titles({ sort: 'added' })).toEqual(['éclair', 'Zebra', 'eclipse']);
});

it('shows and counts each track by what has become of it, as the track itself says', () => {
  const { tracks, libraryId, file, add, titles } = aRepository();
  const analyzed = add('analyzed.mp3', { title: 'analyzed' });
  const gone = add('gone.mp3', { title: 'gone' });
  add('waiting.mp3', { title: 'waiting' });
  const attempt = { at: '2026-01-01T00:00:00Z', under: 'v', sizeBytes: 100, mtimeMs: 1 };
  tracks.markAttempt(add('short.mp3', { title: 'short' }), { ...attempt, code: 'too_short' });
  tracks.markAttempt(add('noise.mp3', { title: 'noise' }), { ...attempt, code: 'unreadable_audio' });
  const crashing = tracks.add(file('crashing.mp3'), { failure: { code: 'internal', message: 'It crashed.' } });
  tracks.markAttempt(crashing, { ...attempt, code: 'quarantined' });
  tracks.add(file('broken.mp3'), { failure: { code: 'unreadable_audio', message: 'No audio.' } });
  tracks.markAnalyzed(analyzed, { analyzedAt: '2026-01-01T00:00:00Z', version: 'v', bpm: 120, key: 'Am' });
  tracks.markTagged(analyzed, { at: '2026-01-01T00:00:00Z', provenance: 'p', sizeBytes: 120, mtimeMs: 2 });
  tracks.markMissing([gone], new Date());
  expect(titles({ show: 'unanalyzed' })).toEqual(['waiting']);
  expect(titles({ show: 'skipped' })).toEqual(['crashing', 'short']);
  expect(titles({ show: 'errors' })).toEqual(['broken', 'noise']);
  expect(titles({ show: 'untagged' })).toEqual(['broken', 'crashing', 'noise', 'short', 'waiting']);
  expect(titles({ show: 'missing' })).toEqual(['gone']);
  expect(titles({ show: 'errors', query: 'no' })).toEqual(['noise']);
  const query = { query: '', sort: 'title', order: 'asc', limit: 1, offset: 0 } as const;
  for (const show of ['all', 'unanalyzed', 'skipped', 'errors', 'untagged', 'missing'] as const)
    for (const library of [undefined, libraryId, libraryId + 1])
      expect(tracks.list({ ...query, show, library }).total).toBe(titles({ show, library }).length);
  const statuses = tracks.list({ ...query, limit: 100, show: 'all' }).items.map(({ status }) => status);
  for (const [show, status] of [
    ['unanalyzed', 'waiting'],
    ['skipped', 'skipped'],
    ['errors', 'failed'],
  ] as const)
    expect(tracks.list({ ...query, show }).total).toBe(statuses.filter((each) => each === status).length);
  expect(tracks.list({ ...query, show: 'all', query: 'w' })).toMatchObject({ total: 1, items: [{ title: 'waiting' }] });
  expect(tracks.count()).toEqual({ present: 6, missing: 1, durationMs: 4000 });
  expect(tracks.get(analyzed)).toMatchObject({ bpm: 120, key: 'Am', sizeBytes: 120, mtimeMs: 2, taggedWith: 'p' });
});

it('keeps the analysis when only the tags changed, and forgets it when the audio did', () => {
  const { tracks, file, add, titles } = aRepository();
  const id = add('a.mp3', { title: 'before', album: 'Old' });
  tracks.markAnalyzed(id, { analyzedAt: '2026-01-01T00:00:00Z', version: 'v', bpm: 120, key: null });
  tracks.update(id, file('a.mp3'), { metadata: { ...metadata, title: 'after', album: 'New' } }, true);
  expect(tracks.get(id)).toMatchObject({ title: 'after', album: 'New', analyzedAt: '2026-01-01T00:00:00Z' });
  expect(titles({ query: 'before' })).toEqual([]);
  expect(tracks.pruneAlbums()).toBe(1);
  tracks.update(id, file('a.mp3'), { metadata }, false);
  expect(tracks.get(id)).toMatchObject({ title: 'a', analyzedAt: null, bpm: null });
});

it('forgets a removed library in the counts and in the search', () => {
  const { db, tracks, libraryId, add, titles } = aRepository();
  add('a.mp3', { title: 'first' });
  add('b.mp3', { title: 'second' });
  expect(tracks.removeSome(libraryId, 1)).toBe(1);
  db.prepare('DELETE FROM library').run();
  expect(titles({ query: 'first' })).toEqual([]);
  expect(titles({ query: 'second' })).toEqual([]);
  expect(tracks.count()).toEqual({ present: 0, missing: 0, durationMs: 0 });
});

it('lists what is inside a folder, taking its name literally', () => {
  const { tracks, libraryId, add } = aRepository();
  const inside = [add('A [live]/1.mp3'), add('A [live]/CD2/2.mp3')];
  add('A l/3.mp3');
  add('A [live] too/4.mp3');
  expect(tracks.listIdsInside(libraryId, 'A [live]')).toEqual(inside);
  expect(tracks.listIdsInside(libraryId, '')).toHaveLength(4);
});

it('keeps what a file says beyond the columns, and tells which files an earlier reader has read', () => {
  const { db, tracks, libraryId, file, add } = aRepository();
  const texts = () => db.prepare('SELECT texts FROM track_text').pluck().all();
  const id = add('a.mp3', { texts: { composer: ['A', 'B'] } });
  expect(texts()).toEqual(['{"composer":["A","B"]}']);
  tracks.update(id, file('a.mp3'), { failure: { code: 'unreadable_audio', message: 'Damaged.' } }, true);
  expect(texts()).toEqual(['{"composer":["A","B"]}']);
  expect(tracks.listInFolder(libraryId, '')[0].isOutdated).toBe(false);
  db.prepare('UPDATE track_text SET edition = 0').run();
  expect(tracks.listInFolder(libraryId, '')[0].isOutdated).toBe(true);
});
