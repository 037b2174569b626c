import { expect, it } from 'vitest';
import { lidarrReaders, type PostedReading, readingOf } from './posted-reader';

const { lidarrPosted, lidarrStored } = lidarrReaders;
const read = (body: string) => lidarrPosted.read({ connectionId: 1, body });

const files = Array.from({ length: 5000 }, (_, at) => ({
  id: at + 1,
  path: `/music/Artist/Album/${at} ${'long title '.repeat(5)}.flac`,
  previousPath: `/music/Artist/Album/${at}.flac`,
  quality: { quality: { id: 6, name: 'FLAC' }, revision: { version: 1 } },
  mediaInfo: { audioChannels: 2, audioBitRate: '900 kbps', audioCodec: 'FLAC', audioBits: '16bit' },
}));

it('takes a rename of 5 000 files, and keeps of it what it reads', async () => {
  const body = JSON.stringify({ eventType: 'Rename', artist: { path: '/music/Artist' }, renamedTrackFiles: files });
  const { eventType, event, kept } = await read(body);
  expect(eventType).toBe('Rename');
  expect(event).toMatchObject({ type: 'renamed' });
  expect(kept.length).toBeLessThan(body.length * 0.7);
  expect(await lidarrStored.read({ via: 'webhook', raw: kept })).toEqual({ event });
});

it('keeps nothing of what somebody put into a body to fill the disk', async () => {
  const { kept } = await read(JSON.stringify({ eventType: 'Junk', pad: 'x'.repeat(15 * 2 ** 20) }));
  expect(kept).toBe('{"eventType":"Junk"}');
  const script = { Lidarr_EventType: 'Test', PATH: 'x'.repeat(2 ** 20), [`lidarr_artist_${'y'.repeat(9999)}`]: 'z' };
  expect((await read(JSON.stringify(script))).kept).toBe('{"lidarr_eventtype":"Test"}');
});

it('refuses with a sentence what is nested too deep or holds too much, before it is parsed', async () => {
  const deep = `{"eventType":"Download","trackFiles":${'['.repeat(8_000_000)}${']'.repeat(8_000_000)}}`;
  await expect(read(deep)).rejects.toMatchObject({ code: 'invalid_input', message: expect.stringContaining('nested') });
  const wide = `{"eventType":"Download","trackFiles":[${'[],'.repeat(5_000_000)}[]]}`;
  await expect(read(wide)).rejects.toMatchObject({
    code: 'invalid_input',
    message: expect.stringContaining('million'),
  });
});

it('has large texts read elsewhere, and small ones at once', async () => {
  const asked: string[] = [];
  const reading: PostedReading = readingOf(async (reader) => {
    asked.push(reader);
    return {} as never;
  });
  await reading.readPosted({ connectionId: 1, body: '{"eventType":"Test"}' });
  expect(asked).toEqual([]);
  await reading.readPosted({ connectionId: 1, body: 'x'.repeat(100_000) });
  await reading.readStored({ via: 'webhook', raw: 'x'.repeat(100_000) });
  expect(asked).toEqual(['lidarrPosted', 'lidarrStored']);
});
