import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { requires } from '../../../test/support/requirements';
import { putTone, temporaryFolder } from '../../../test/support/small-music';
import { AUDIO_EXTENSIONS, probeContainer } from '../../analysis/audio';
import { confine } from '../../library/libraries';
import { createResolveTargets } from './resolve-targets';

const { it } = requires('ffmpeg');

const folder = temporaryFolder('targets');
const music = join(folder.path, 'music');
const at = (path: string) => join(music, path);

beforeAll(() => {
  for (const path of ['a.flac', 'album/1.flac', 'album/2.flac', 'album/cd2/3.flac']) putTone(at(path), 440);
  putTone(join(folder.path, 'elsewhere.flac'), 440);
  mkdirSync(at('empty'));
  writeFileSync(at('album/cover.jpg'), 'a picture');
  writeFileSync(at('album/.hidden.flac'), 'hidden');
  writeFileSync(at('not-audio.mp3'), 'words, not music');
  symlinkSync(music, at('album/loop'));
});
afterAll(folder.remove);

const resolve = createResolveTargets({
  libraryOf: async (path) => {
    const inside = await confine(music, path).catch(() => undefined);
    return inside === undefined ? undefined : { library: { id: 7 }, path: inside, real: join(music, inside) };
  },
  findTrack: (_, path) =>
    path === 'a.flac' || path === 'slashes/AC\\DC.flac' ? { id: 3, durationMs: 1000 } : undefined,
  audioExtensions: AUDIO_EXTENSIONS,
  probeContainer,
});

it('takes a file, with its track where a scan has seen it', async () => {
  expect(await resolve([at('a.flac')], true)).toEqual([
    { path: at('a.flac'), libraryId: 7, trackId: 3, audioMs: 1000 },
  ]);
});

it('takes the audio files of a folder and the folders in it, by name, without hidden ones and links in circles', async () => {
  const paths = async (recursive: boolean) => (await resolve([at('album')], recursive)).map(({ path }) => path);
  expect(await paths(true)).toEqual([at('album/1.flac'), at('album/2.flac'), at('album/cd2/3.flac')]);
  expect(await paths(false)).toEqual([at('album/1.flac'), at('album/2.flac')]);
});

requires('ffmpeg', 'posix').it('knows the track of a file with a backslash in its name', async () => {
  putTone(at('slashes/AC\\DC.flac'), 440);
  expect(await resolve([at('slashes')], true)).toMatchObject([{ trackId: 3 }]);
});

requires('ffmpeg', 'linux').it('takes what is not UTF-8 by the name that a scan gives it', async () => {
  putTone(at('odd/...And Justice for All/plain.flac'), 440);
  const folder = Buffer.concat([Buffer.from(`${at('odd')}/caf`), Buffer.from([0xe9])]);
  mkdirSync(folder);
  copyFileSync(at('a.flac'), Buffer.concat([folder, Buffer.from('/\xfcber.flac', 'latin1')]));
  const found = await resolve([at('odd')], true);
  expect(found.map(({ path }) => path)).toEqual([
    at('odd/...And Justice for All/plain.flac'),
    at('odd/caf\\xE9/\\xFCber.flac'),
  ]);
});

it.each([
  ['/nowhere/else.flac', 'outside_library', /Add its folder as a library/],
  ['relative.flac', 'outside_library', /not inside any library/],
  [at('../elsewhere.flac'), 'outside_library', /same path/],
  [at('gone.flac'), 'not_found', /is not there/],
  [at('empty'), 'no_audio', /no audio files/],
  [at('not-audio.mp3'), 'unsupported_file', /not an audio file/],
])('refuses %s as %s', async (path, code, sentence) => {
  await expect(resolve([path], true)).rejects.toMatchObject({ code, message: expect.stringMatching(sentence) });
});

it('takes all of several paths or none, and names each that is wrong', async () => {
  const asked = resolve([at('a.flac'), at('gone.flac'), at('not-audio.mp3')], true);
  await expect(asked).rejects.toMatchObject({
    code: 'not_found',
    message: expect.stringMatching(/^2 paths cannot be taken, so nothing was queued/),
    details: [
      { path: at('gone.flac'), code: 'not_found' },
      { path: at('not-audio.mp3'), code: 'unsupported_file' },
    ],
  });
});
