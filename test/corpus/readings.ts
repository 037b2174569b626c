import { isDeepStrictEqual } from 'node:util';
import { expect } from 'vitest';
import { decodedMd5, type Found, readByFfprobe, readByMusicMetadata, readByTagLib } from './readers';

/** What each reader finds in a file. */
export interface Readings {
  taglib: Found;
  mutagen: Found;
  ffprobe: Found;
  musicMetadata: Found;
  pcm: string | undefined;
}
export const READERS = ['mutagen', 'ffprobe', 'taglib', 'musicMetadata'] as const;
export type Reader = (typeof READERS)[number];
type Tally = Record<'opened' | 'others' | 'ours', { cases: number; passed: number }>;
const tallyOf = (): Tally => ({
  opened: { cases: 0, passed: 0 },
  others: { cases: 0, passed: 0 },
  ours: { cases: 0, passed: 0 },
});
/** What each reader was asked for: whether it opens the file, others' tags, and ours. */
export const tallies: Record<Reader, Tally> = {
  mutagen: tallyOf(),
  ffprobe: tallyOf(),
  taglib: tallyOf(),
  musicMetadata: tallyOf(),
};

const asFound = (thrown: unknown): Found => ({ thrown: String(thrown) });

/** What every reader finds in a file, and what is heard; `mutagen` reads many at once, so its findings are given. */
export async function readBy(path: string, mutagen: Found): Promise<Readings> {
  return {
    mutagen,
    ffprobe: await readByFfprobe(path),
    taglib: await readByTagLib(path).catch(asFound),
    musicMetadata: await readByMusicMetadata(path).catch(asFound),
    pcm: await decodedMd5(path),
  };
}

/** Compares what a reader found, and keeps count for the figure. */
export function judge(of: { reader: Reader; what: keyof Tally; stage: string }, found: unknown, wanted: unknown): void {
  const tally = tallies[of.reader][of.what];
  tally.cases++;
  if (isDeepStrictEqual(found, wanted)) tally.passed++;
  expect.soft(found, `${of.stage}: ${of.what}`).toEqual(wanted);
}

/** Whether a reader took the file for one: ffprobe says nothing at all otherwise, the others say what is wrong. */
export function isOpened(found: Found): boolean {
  return !('thrown' in found) && !('error' in found) && Object.keys(found).some((name) => name !== 'chapters');
}

/** Everything but ours, and the fields that the plan said it would change. */
export function foreign(
  found: Found,
  { changed, original }: { changed: ReadonlySet<string>; original: string },
): Found {
  const natives: Record<string, RegExp> = {
    bpm: /(^|[ :/])(bpm|tbpm?|tmpo|beatsperminute)$/,
    initialkey: /(^|[ :/])(initialkey|tkey?|key)$/,
    replaygain_track_gain: /replaygain_?track_?gain/,
    replaygain_track_peak: /replaygain_?track_?peak/,
    r128_track_gain: /r128_?track_?gain/,
    title: /(^| )(title|tit2)$/,
    artist: /(^| )(artist|tpe1)$/,
    album: /(^| )(album|talb)$/,
    date: /(^| )(date|tdrc)$/,
    track: /(^| )(track|tracknumber|trck)$/,
    genre: /(^| )(genre|tcon)$/,
  };
  const isOurs = (name: string) =>
    /(^|[ :])nom:/.test(name) && !name.includes('org.example')
      ? true
      : [...changed].some((field) => Object.hasOwn(natives, field) && natives[field].test(name));
  // ffprobe and music-metadata take a frame's size in an unsynchronised tag for that in the file, and misread what is
  // in it; mutagen does not.
  const isMisread = (name: string) =>
    name === 'version' || (original.includes('unsynchronised') && /^id3v2_priv.x$|^id3v2.3 priv$/.test(name));
  const entries = Object.entries(found).filter(([name]) => !isOurs(name) && !isMisread(name));
  // music-metadata leaves name and value of user text in ID3v2.2 together.
  return Object.fromEntries(
    entries.map(([name, value]) => [name, name === 'id3v2.2 txx' ? without(value, /^(nom:|REPLAYGAIN)/) : value]),
  );
}

/** Leaves out of what kind pictures are where none said it before: those of APE tags do not, those of ID3v2 must. */
export function withoutGuess(found: Found, before = found): Found {
  const [pictures, older] = [found, before].map((of) => (of.pictures ?? []) as { mimeType: string }[]);
  if (older.length === 0 || older.some(({ mimeType }) => mimeType !== 'application/octet-stream')) return found;
  return { ...found, pictures: pictures.map(({ mimeType, ...picture }) => picture) };
}

/** What a reader found under these names. */
export const onlyNamed = (found: Found, names: readonly string[]): Found =>
  Object.fromEntries(Object.entries(found).filter(([name]) => names.includes(name)));

function without(values: unknown, pattern: RegExp): unknown {
  return [values].flat().filter((value) => !pattern.test(String(value)));
}

/** The values of ours under one key, whatever the reader calls it. */
export function ourValues(found: Found, key: string): string[] {
  const isOurs = (name: string) =>
    name.endsWith(`nom:${key}`) &&
    !/org\.example|priv/.test(name) &&
    !JSON.stringify(found[name]).includes('someone else');
  const name = Object.keys(found).find(isOurs);
  const values = (name ? found[name] : undefined) as unknown;
  return [...new Set([values].flat(9).map(String))];
}

/**
 * What a reader cannot do with any tagger's file: show the ID3 chunk of a WAV that has INFO too, and an APE tag before
 * ID3v1 (ffprobe shows one of them); read RF64 and BW64, comments of FLAC in Ogg, user text of ID3v2.2, tags behind
 * Musepack 7 or an ID3 tag that does not belong there, plain sizes; Ogg with several streams (TagLib); what it does not
 * know in WMA (TagLib's map of properties); look into a second box of user data in MP4 (mutagen, TagLib).
 */
export const cannotRead: Record<Reader, RegExp> = {
  mutagen: /rf64|bw64|(monkeys|wavpack)-behind|two-udta/,
  ffprobe: /^wav-(info|id3|rf64|bw64|studio)|^by-taglib.wav|wavpack-id3v1|monkeys-behind/,
  taglib: /rf64|bw64|wma|theora|beside-opus|multiplexed|skeleton|two-udta/,
  musicMetadata: /rf64|bw64|flac-in-ogg|id3v22|two-tags|sv7|plain-sizes|(monkeys|wavpack)-behind/,
};

/** Files of which TagLib shows no tag at all before a change of ours, and every one after it. */
export const SEEN_ONLY_AFTERWARDS = /closed-track/;

/**
 * Where a reader shows others' tags otherwise once there are ours, though not a byte of them changed. ffprobe: an ID3
 * tag that does not belong there, as long as there is none that does. music-metadata: no comments that share a page
 * with audio; once they have their own, it does. TagLib: nothing behind an extended header, which a change takes away, so
 * that it shows more, and nothing behind zeros in a track of MP4, which go likewise. mutagen: nothing in MP4 metadata that has no version, until a change gives it one.
 */
export const showsOther: Partial<Record<Reader, RegExp>> = {
  ffprobe: /sv7-behind/,
  musicMetadata: /early-audio/,
  taglib: new RegExp(`mp3-extended|${SEEN_ONLY_AFTERWARDS.source}`),
  mutagen: /quicktime-meta/,
};
