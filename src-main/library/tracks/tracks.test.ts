import { expect, it } from 'vitest';
import { openDatabase, readHere } from '../../platform/database';
import { createTrackQueries } from './track-list';
import { createTrackRepository } from './track-repository';
import { createTracks } from './tracks';

function aTrack() {
  const db = openDatabase(':memory:');
  db.exec("INSERT INTO library (id, name, root_path, created_at, updated_at) VALUES (1, 'm', '/music', '', '')");
  const repository = createTrackRepository(db);
  const failure = { code: 'unreadable_audio', message: 'No audio.' };
  const file = { libraryId: 1, path: 'a/b.mp3', pathBytes: null, sizeBytes: 1, mtimeMs: 1, inode: '1' };
  const id = repository.add(file, { failure });
  const tracks = createTracks(repository, readHere(createTrackQueries(db)), {
    describeAnalysis: () => null,
    describeFile: ({ absolutePath }) => ({
      inFile: null,
      fileMessage: absolutePath,
      nomarr: null,
      proposed: [],
      history: [],
    }),
  });
  return { id, tracks };
}
const caller = { transport: 'window' } as const;

it('describes one track with what the other domains know of it', async () => {
  const { id, tracks } = aTrack();
  expect(await tracks.get({ id }, caller)).toMatchObject({
    track: { id, title: 'b', absolutePath: '/music/a/b.mp3', errorMessage: 'No audio.', neverTouch: false },
    analysis: null,
    fileMessage: '/music/a/b.mp3',
  });
  await expect(tracks.get({ id: id + 1 }, caller)).rejects.toMatchObject({ code: 'not_found' });
});

it('protects a file from being written, and lifts that', async () => {
  const { id, tracks } = aTrack();
  expect(tracks.neverTouch({ id, neverTouch: true }, caller)).toEqual({ neverTouch: true });
  expect(await tracks.get({ id }, caller)).toMatchObject({ track: { neverTouch: true } });
  tracks.neverTouch({ id, neverTouch: false }, caller);
  expect(await tracks.get({ id }, caller)).toMatchObject({ track: { neverTouch: false } });
});
