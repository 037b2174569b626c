import { expect, it } from 'vitest';
import { m3uFileName, m3uOf } from './m3u';

const aTrack = (given = {}) => ({
  ...{ libraryId: 1, path: 'Anna/Tides/1 Salt.flac', absolutePath: '/music/Anna/Tides/1 Salt.flac' },
  ...{ title: 'Salt', artist: 'Anna', durationMs: 187_400, ...given },
});

it('writes paths relative to the library, with length, artist and title', () => {
  expect(m3uOf('Evening', [aTrack(), aTrack({ artist: '', durationMs: null, path: '# 1.mp3' })])).toBe(
    '#EXTM3U\n#PLAYLIST:Evening\n#EXTINF:187,Anna - Salt\nAnna/Tides/1 Salt.flac\n#EXTINF:-1,Salt\n./# 1.mp3\n',
  );
});

it('writes absolute paths when the tracks are of two libraries', () => {
  expect(m3uOf('Both', [aTrack(), aTrack({ libraryId: 2 })])).toContain('\n/music/Anna/Tides/1 Salt.flac\n');
});

it('writes paths from the folder that the file will stand in', () => {
  expect(m3uOf('Lists', [aTrack()], '/music/Lists')).toContain('\n../Anna/Tides/1 Salt.flac\n');
  expect(m3uOf('Beside', [aTrack()], '/music/Anna/Tides')).toContain('\n1 Salt.flac\n');
});

it('lets no name smuggle a line into the file', () => {
  const text = m3uOf('a\n/etc/passwd', [aTrack({ title: 'x\r\n/etc/shadow' }), aTrack({ path: 'a\n/etc/hosts' })]);
  expect(text).toBe('#EXTM3U\n#PLAYLIST:a /etc/passwd\n#EXTINF:187,Anna - x /etc/shadow\nAnna/Tides/1 Salt.flac\n');
});

it('makes a file name of any playlist name', () => {
  expect(m3uFileName('AC/DC: best?')).toBe('AC_DC_ best_.m3u8');
  expect(m3uFileName('..')).toBe('Playlist.m3u8');
});
