import { readFileSync } from 'node:fs';
import { expect, onTestFinished } from 'vitest';
import { anAnalysis } from '../../../test/support/analysis';
import { requires } from '../../../test/support/requirements';
import { putTone } from '../../../test/support/small-music';
import { readTags } from '../../files/tag-formats/read-tags';
import { aTaggedLibrary } from './jobs/tag-job.fixture';

const { it } = requires('ffmpeg');

const SAD = 'sad_musicnn_mood_sad-msd-musicnn-1';
const HAPPY = 'happy_essentia21b6dev1389_musicnn20200331_happy20220825';
const caller = { transport: 'window' } as const;

/** A library with a file of each container that Nomarr could write, and one that it never saw. */
async function aLibraryOfNomarr() {
  const parts = await aTaggedLibrary();
  onTestFinished(parts.folder.remove);
  const at = (name: string) => `${parts.folder.path}/${name}`;
  putTone(at('a.mp3'), 500, { 'nom:nom_version': 'abc', [`nom:${SAD}`]: '0.91', 'nom:mood-strict': 'sad' });
  putTone(at('b.flac'), 510, {
    NOM_NOM_VERSION: 'abc',
    NOM_SAD_MUSICNN_MOOD_SAD_MSD_MUSICNN_1: '0.91',
    NOM_MOOD_STRICT: 'sad',
  });
  putTone(at('c.m4a'), 520);
  // The freeform atoms that we write have the same form.
  const tags = { [HAPPY]: ['0.95'], nom_version: ['abc'] };
  await parts.writer.write(await parts.writer.plan(at('c.m4a'), { namespace: 'nom', tags }));
  await (await parts.libraries.scan(parts.library.id)).ended;
  const track = (name: string) => parts.tracks.findByPath(parts.library.id, name)!;
  return { ...parts, at, track };
}

it('finds what Nomarr wrote during a scan, in every container that it could write', async () => {
  const { handlers, track, library } = await aLibraryOfNomarr();
  expect(['a.mp3', 'b.flac', 'c.m4a', 'album/song.mp3'].map((name) => track(name).nomarrTags)).toEqual([3, 3, 2, 0]);
  expect(await handlers.nomarr({}, caller)).toEqual({ items: [{ libraryId: library.id, tracks: 3, analyzed: 0 }] });
});

it('shows it with the labels put right', async () => {
  const { describeTrack, track } = await aLibraryOfNomarr();
  const shown = { head: 'mood_sad', backbone: 'musicnn', label: 'non_sad', value: 0.91, wasInverted: true };
  for (const name of ['a.mp3', 'b.flac']) {
    const { nomarr } = await describeTrack.describeFile(track(name));
    expect(nomarr).toMatchObject({ tagCount: 3, scores: [shown] });
  }
  expect((await describeTrack.describeFile(track('album/song.mp3'))).nomarr).toBeNull();
});

it('takes it over as an analysis, for tracks that have none, with moods that are not upside down', async () => {
  const { handlers, analyses, track, library, db, at } = await aLibraryOfNomarr();
  expect(await handlers.takeOver({ library: library.id }, caller)).toEqual({ taken: 3, left: 0 });
  expect(analyses.findLatest(track('a.mp3').id)).toMatchObject({ version: 'nomarr-1' });
  const moods = db.prepare('SELECT path, mood FROM track_mood JOIN track ON track.id = track_id').all();
  expect(moods).toEqual([{ path: 'c.m4a', mood: 'happy' }]);
  await expect(handlers.takeOver({ library: 99 }, caller)).rejects.toMatchObject({ code: 'not_found' });
  await expect(handlers.takeOver({ path: at('a.mp3') }, caller)).rejects.toMatchObject({ code: 'conflict' });
});

it('removes what Nomarr wrote and nothing else, and puts it back byte for byte', async () => {
  const { handlers, track, at } = await aLibraryOfNomarr();
  for (const name of ['a.mp3', 'b.flac', 'c.m4a']) {
    const before = readFileSync(at(name));
    const removed = await handlers.remove({ path: at(name), only: 'nomarr' }, caller);
    expect(removed).toMatchObject({ namespace: 'nom', removed: name === 'c.m4a' ? 2 : 3, status: 'success' });
    expect(await readTags(at(name), 'nom')).toEqual({});
    expect(track(name).nomarrTags).toBe(0);
    expect(await handlers.undoFile({ path: at(name) }, caller)).toMatchObject({ undone: 1 });
    expect(readFileSync(at(name)).equals(before)).toBe(true);
    expect(track(name).nomarrTags).toBeGreaterThan(0);
  }
});

it('replaces it when a track is tagged, unless the settings say that other keys stay', async () => {
  const { run, at, settings } = await aLibraryOfNomarr();
  settings.update({ overwrite_tags: false });
  await run({ path: at('a.mp3') });
  expect(await readTags(at('a.mp3'), 'nom')).toMatchObject({ [SAD]: ['0.91'], nom_version: ['abc'] });
  settings.update({ overwrite_tags: true });
  await run({ path: at('a.mp3') });
  const tags = await readTags(at('a.mp3'), 'nom');
  expect(tags).not.toHaveProperty(SAD);
  expect(tags).toHaveProperty('tonearm');
});

it('takes all our tags out of a file that it has tagged', async () => {
  const { run, handlers, song, track } = await aLibraryOfNomarr();
  await run();
  expect(track('album/song.mp3').taggedAt).not.toBeNull();
  const { removed, writeId } = await handlers.remove({ path: song, only: 'all' }, caller);
  expect(removed).toBeGreaterThan(3);
  expect(writeId).not.toBeNull();
  expect(await readTags(song, 'nom')).toEqual({});
  expect(track('album/song.mp3').taggedAt).toBeNull();
});

it('takes nothing over for a track that is analyzed meanwhile: that analysis stays the newest', async () => {
  const { handlers, analyses, track, at } = await aLibraryOfNomarr();
  const { id } = track('a.mp3');
  const { findLatest } = analyses;
  analyses.findLatest = (trackId) => {
    analyses.findLatest = findLatest;
    analyses.save(trackId, { sizeBytes: 1, mtimeMs: 1 }, anAnalysis());
    return undefined;
  };
  const asked = handlers.takeOver({ path: at('a.mp3') }, caller);
  await expect(asked).rejects.toMatchObject({ code: 'conflict' });
  expect(analyses.findLatest(id)?.version).toBe('v1');
});
