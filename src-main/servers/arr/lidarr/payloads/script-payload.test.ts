import { expect, it } from 'vitest';
import { readScript, readVariables, splitPaths } from './script-payload';

const nowhere = async () => false;
const M = '/music/Boards of Canada';
const read = (variables: Record<string, string>) =>
  readScript(readVariables({ Lidarr_Artist_Path: M, lidarr_artist_name: 'Boards of Canada', ...variables })!, nowhere);

it('understands the variables of every event as it does the webhook', async () => {
  expect(await read({ Lidarr_EventType: 'Test' })).toMatchObject({ type: 'test' });
  expect(
    await read({
      lidarr_eventtype: 'AlbumDownload',
      lidarr_album_id: '310',
      lidarr_album_title: 'Geogaddi',
      lidarr_addedtrackpaths: `${M}/a.flac|${M}/b.flac`,
      lidarr_deletedpaths: `${M}/a.mp3`,
      lidarr_download_id: '0F',
    }),
  ).toMatchObject({
    type: 'imported',
    artist: { name: 'Boards of Canada', path: M },
    album: { id: 310, title: 'Geogaddi' },
    files: [{ path: `${M}/a.flac` }, { path: `${M}/b.flac` }],
    deleted: [{ path: `${M}/a.mp3` }],
    downloadId: '0F',
  });
  expect(
    await read({
      lidarr_eventtype: 'Rename',
      lidarr_trackfile_ids: '1,2',
      lidarr_trackfile_paths: `${M}/1.flac|${M}/2.flac`,
      lidarr_trackfile_previouspaths: `${M}/old 1.flac|${M}/old|2.flac`,
    }),
  ).toMatchObject({
    files: [
      { id: 1, from: `${M}/old 1.flac`, to: `${M}/1.flac` },
      { id: 2, from: `${M}/old|2.flac`, to: `${M}/2.flac` },
    ],
  });
  expect(
    await read({ lidarr_eventtype: 'TrackRetag', lidarr_trackfile_id: '7', lidarr_trackfile_path: `${M}/a.flac` }),
  ).toMatchObject({ type: 'retagged', file: { id: 7, path: `${M}/a.flac` } });
  expect(await read({ lidarr_eventtype: 'ArtistDeleted', lidarr_artist_deletedfiles: 'True' })).toMatchObject({
    type: 'artist-deleted',
    hasDeletedFiles: true,
  });
  expect(
    await read({ lidarr_eventtype: 'AlbumDeleted', lidarr_album_id: '3', lidarr_artist_deletedfiles: 'False' }),
  ).toMatchObject({
    type: 'album-deleted',
    hasDeletedFiles: false,
  });
  expect(await read({ lidarr_eventtype: 'HealthRestored', lidarr_health_restored_message: 'Fine' })).toMatchObject({
    isOver: true,
  });
  expect(await read({ lidarr_eventtype: 'Grab', lidarr_release_albumtitles: 'A|B' })).toMatchObject({
    title: 'Boards of Canada – A, B',
  });
  expect(readVariables({ path: '/a' })).toBeUndefined();
});

it('joins pieces again that one path was cut into', async () => {
  expect(await splitPaths(`${M}/a|b.flac|${M}/c.flac`, M, nowhere)).toEqual([`${M}/a|b.flac`, `${M}/c.flac`]);
  expect(await splitPaths('/x/a|b.flac|/y/c.flac', null, nowhere)).toEqual(['/x/a|b.flac', '/y/c.flac']);
  const strange = `${M}/a|${M}/b.flac`;
  expect(
    await splitPaths(`${strange}|${M}/c.flac`, M, async (path) => path === strange || path === `${M}/c.flac`),
  ).toEqual([strange, `${M}/c.flac`]);
  expect(await splitPaths('', M, nowhere)).toEqual([]);
});

it('looks for a bounded number of files more than there are pieces, whatever the text', async () => {
  let asked = 0;
  const isThere = async () => {
    asked += 1;
    return false;
  };
  const texts = [
    Array.from({ length: 5000 }, (_, at) => `${M}/${at}.flac`).join('|'),
    '|'.repeat(20_000),
    `${M}/a${'|b'.repeat(20_000)}`,
    `${M}/${'x'.repeat(100_000)}|`.repeat(20),
  ];
  for (const text of texts) {
    asked = 0;
    const began = performance.now();
    expect((await splitPaths(text, M, isThere)).join('|')).toBe(text);
    expect(asked).toBeLessThan(1000);
    expect(performance.now() - began).toBeLessThan(2000);
  }
});
