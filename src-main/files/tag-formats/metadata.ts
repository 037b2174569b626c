import { probeContainer } from '../../analysis/audio';
import { AppError } from '../../rpc';
import { readErrorOf, type Source, withSource } from '../safe-files';
import { yearOf } from './dates';
import { type FieldSet, fieldsOf } from './fields';
import { type AroundAudio, findAroundAudio, findFrames } from './mpeg';
import { countNomarrFields } from './nomarr';
import { findContainer } from './open-tags';
import { type StreamFacts, streamOf } from './streams';
import type { Container } from './tag-file';
import { dateIn, numberIn, textsOf } from './texts';
import type { TrackMetadata } from './track-metadata';

const NO_AUDIO = 'There is no audio in this file that Tonearm knows.';
const NO_TAGS = 'Tonearm can analyze this file, but knows no way to keep tags in one of its kind.';
/** Of lyrics; longer ones are books. */
const MAX_LYRICS = 16_384;

/** What a file says about itself, and the container that its tags are kept in. */
export interface FileMetadata extends TrackMetadata {
  readonly container: Container;
}

/**
 * Reads what a scan wants to know of an audio file, whatever its container, without reading all of it.
 * Throws `not_found` when it is gone, `unreadable_audio` when it is no audio that we know.
 */
export async function readMetadata(path: string): Promise<FileMetadata> {
  try {
    return await readErrorOf(() => withSource(path, (source) => read(path, source)));
  } catch (thrown) {
    throw asAppError(thrown);
  }
}

async function read(path: string, source: Source): Promise<FileMetadata> {
  if (source.size === 0) throw new AppError('unreadable_audio', 'The file is empty.');
  const around = await findAroundAudio(source);
  const container = (await findContainer(source)) ?? (await findFrames(source, around.audio));
  if (!container) throw unknown(await probeContainer(path));
  const body = behindTags(source, around);
  const stream = await streamOf(body, container, { offset: 0, length: around.audio.length });
  if (stream.sampleRate === undefined && stream.seconds === undefined) throw new AppError('unreadable_audio', NO_AUDIO);
  return describe(container, await fieldsOf(container, { body, source, around }), stream, source.size);
}

/** The file without the tags that stand before it. */
function behindTags(source: Source, { audio: { offset } }: AroundAudio): Source {
  if (offset === 0) return source;
  return { size: source.size - offset, read: (at, length) => source.read(offset + at, length) };
}

function describe(container: Container, fields: FieldSet, stream: StreamFacts, size: number): FileMetadata {
  const { seconds, sampleRate = null, channels = null } = stream;
  const bitrate = stream.bitrate ?? (seconds ? (size * 8) / seconds : undefined);
  const first = (property: string) => fields.get(property)?.[0] ?? null;
  return {
    container,
    durationMs: seconds === undefined ? null : Math.round(seconds * 1000),
    isDurationEstimated: stream.isEstimate ?? false,
    sampleRate,
    channels,
    bitrate: bitrate ? Math.round(bitrate) : null,
    title: first('title'),
    artist: listed(fields.get('artist') ?? fields.get('artists')),
    albumArtist: listed(fields.get('albumartist') ?? fields.get('albumartists')),
    album: first('album'),
    genre: fields.get('genre')?.join('; ') ?? null,
    year: yearOf(dateIn(fields, 'date', 'year')),
    trackNumber: wholeIn(fields, 'track') ?? afterZero(wholeIn(fields, 'track:from0', 0)),
    discNumber: wholeIn(fields, 'disc'),
    texts: textsOf(fields, stream),
    lyrics: fields.get('lyrics')?.join('\n\n').slice(0, MAX_LYRICS) ?? null,
    nomarrTags: countNomarrFields(fields.keys(), container),
  };
}

/** Several names in one: `A`, `A & B`, `A, B & C`. */
function listed(names: readonly string[] | undefined): string | null {
  if (!names || names.length === 0) return null;
  return names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} & ${names.at(-1)}`;
}

function wholeIn(fields: FieldSet, property: string, least = 1): number | null {
  const number = numberIn(fields, property, least, 65_535);
  return number === undefined ? null : Math.trunc(number);
}

const afterZero = (number: number | null) => (number === null ? null : number + 1);

function asAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return new AppError('unreadable_audio', `The file could not be read as audio: ${reason}`, { cause: thrown });
}

/** W64 and DSDIFF can be decoded, but hold no tags that are written here. */
function unknown(audio: string | undefined): AppError {
  return audio === 'w64' || audio === 'dff'
    ? new AppError('unsupported_file', NO_TAGS)
    : new AppError('unreadable_audio', NO_AUDIO);
}
