import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TagLib } from 'taglib-wasm';
import { readMetadata } from '../../src-main/files/tag-formats';
import { pathOf } from '../support/requirements';

const run = promisify(execFile);

/** The fields that readers are compared in. */
export const FIELDS = [
  'title',
  'artist',
  'album',
  'albumartist',
  'genre',
  'date',
  'track',
  'disc',
  'composer',
  'albumid',
  'artistid',
  'recordingid',
  'gain',
  'compilation',
  'rate',
  'channels',
  'seconds',
] as const;
export type Field = (typeof FIELDS)[number];

/** What a reader says of a file: field → texts. `error` when it could not read it. */
export type Said = Partial<Record<Field | 'error' | 'kind', readonly string[] | undefined>>;

/** Ours, with the container that it takes the file for. */
export async function readByUs(path: string): Promise<Said> {
  try {
    const found = await readMetadata(path);
    const text = (value: string | number | null) => (value === null ? undefined : [String(value)]);
    const { texts = {} } = found;
    return {
      kind: [found.container],
      title: text(found.title),
      artist: text(found.artist),
      album: text(found.album),
      albumartist: text(found.albumArtist),
      genre: text(found.genre),
      date: texts.date,
      track: text(found.trackNumber),
      disc: text(found.discNumber),
      composer: texts.composer,
      albumid: texts.mbz_album_id,
      artistid: texts.mbz_artist_id,
      recordingid: texts.mbz_recording_id,
      gain: texts.rgtrackgain,
      compilation: texts.compilation,
      rate: text(found.sampleRate),
      channels: text(found.channels),
      seconds: text(found.durationMs === null ? null : found.durationMs / 1000),
    };
  } catch (thrown) {
    return { error: [thrown instanceof Error ? thrown.message : String(thrown)] };
  }
}

/** mutagen's: one process for all, because starting Python takes longer than reading. */
export async function readAllByMutagen(paths: readonly string[]): Promise<Record<string, Said>> {
  const child = run(pathOf('mutagen'), [join(import.meta.dirname, 'metadata.py')], { maxBuffer: 256 * 1024 * 1024 });
  child.child.stdin!.end(JSON.stringify(paths));
  const said: Record<string, Said & { error?: string | string[] }> = JSON.parse((await child).stdout);
  for (const each of Object.values(said)) if (each.error) each.error = [each.error].flat();
  return said;
}

const FFPROBE: readonly (readonly [Field, readonly string[]])[] = [
  ['title', ['title']],
  ['artist', ['artist']],
  ['album', ['album']],
  ['albumartist', ['album_artist', 'albumartist', 'album artist']],
  ['genre', ['genre']],
  ['date', ['date', 'year', 'wm/year']],
  ['track', ['track']],
  ['disc', ['disc']],
  ['composer', ['composer']],
  ['albumid', ['musicbrainz_albumid', 'musicbrainz album id', 'musicbrainz/album id']],
  ['artistid', ['musicbrainz_artistid', 'musicbrainz artist id', 'musicbrainz/artist id']],
  ['recordingid', ['musicbrainz_trackid', 'musicbrainz/track id']],
  ['gain', ['replaygain_track_gain']],
  ['compilation', ['compilation']],
];

/** ffprobe's: tags of the file, else of its first stream of sound. */
export async function readByProbe(path: string): Promise<Said> {
  const args = ['-v', 'error', '-of', 'json', '-show_format', '-show_streams', '-select_streams', 'a:0', path];
  const { stdout } = await run('ffprobe', args, { timeout: 20_000 }).catch(() => ({ stdout: '{}' }));
  const { format, streams = [] } = JSON.parse(stdout || '{}');
  if (!format || streams.length === 0) return { error: ['no audio'] };
  const tags = new Map<string, string>();
  for (const part of [format, streams[0]]) {
    for (const [name, value] of Object.entries(part.tags ?? {})) {
      if (!tags.has(name.toLowerCase())) tags.set(name.toLowerCase(), String(value));
    }
  }
  const said: Said = { kind: [format.format_name] };
  for (const [field, names] of FFPROBE) {
    const name = names.find((each) => tags.has(each));
    if (name) said[field] = [tags.get(name)!];
  }
  const { sample_rate, channels } = streams[0];
  const duration = streams[0].duration ?? format.duration;
  return { ...said, rate: text(sample_rate), channels: text(channels), seconds: text(duration) };
}

const text = (value: unknown) => (value === undefined || Number(value) === 0 ? undefined : [String(value)]);

const TAGLIB: readonly (readonly [Field, readonly string[]])[] = [
  ['title', ['title']],
  ['artist', ['artist']],
  ['album', ['album']],
  ['albumartist', ['albumartist']],
  ['genre', ['genre']],
  ['date', ['date', 'year']],
  ['track', ['tracknumber']],
  ['disc', ['discnumber']],
  ['composer', ['composer']],
  ['albumid', ['musicbrainz_albumid']],
  ['artistid', ['musicbrainz_artistid']],
  ['recordingid', ['musicbrainz_trackid']],
  ['gain', ['replaygain_track_gain']],
  ['compilation', ['compilation']],
];

let taglib: Promise<TagLib> | undefined;

/** TagLib's map of properties. */
export async function readByLibrary(path: string): Promise<Said> {
  taglib ??= TagLib.initialize();
  try {
    const file = await (await taglib).open(new Uint8Array(readFileSync(path)));
    try {
      const properties = new Map(
        Object.entries(file.properties()).map(([name, values]) => [
          name.toLowerCase(),
          [values ?? []].flat().map(String),
        ]),
      );
      const said: Said = { kind: [String(file.getFormat())] };
      for (const [field, names] of TAGLIB) {
        said[field] = names.map((name) => properties.get(name)).find((values) => values && values.length > 0);
      }
      const audio = file.audioProperties();
      const seconds = audio?.durationMs ? audio.durationMs / 1000 : audio?.duration;
      return { ...said, rate: text(audio?.sampleRate), channels: text(audio?.channels), seconds: text(seconds) };
    } finally {
      file.dispose();
    }
  } catch (thrown) {
    return { error: [String(thrown)] };
  }
}
