import { type IAudioMetadata, parseFromTokenizer } from 'music-metadata';
import { probeContainer } from '../../analysis/audio';
import { AppError } from '../../rpc';
import { readErrorOf, type Source, withSource } from '../safe-files';
import { withoutPictures } from './id3';
import { findAroundAudio, findFrames } from './mpeg';
import { countNomarrTags } from './nomarr';
import { findContainer } from './open-tags';
import { SourceTokenizer } from './source-tokenizer';
import type { Container } from './tag-file';
import { textsOf } from './texts';
import type { TrackMetadata } from './track-metadata';
import { oggDuration } from './xiph';

const NO_AUDIO = 'There is no audio in this file that Tonearm knows.';
const NO_TAGS = 'Tonearm can analyze this file, but knows no way to keep tags in one of its kind.';

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
    return await readErrorOf(() =>
      withSource(path, async (source) => {
        if (source.size === 0) throw new AppError('unreadable_audio', 'The file is empty.');
        const container = (await findContainer(source)) ?? (await findMpeg(source));
        if (!container) throw unknown(await probeContainer(path));
        return describe(await parse(path, source), source, container);
      }),
    );
  } catch (thrown) {
    throw asAppError(thrown);
  }
}

const OPTIONS = { skipCovers: true, duration: false };

/** music-metadata reads an ID3 tag as a whole, with pictures of any size; so they are taken out before. */
async function parse(path: string, source: Source): Promise<IAudioMetadata> {
  return parseFromTokenizer(new SourceTokenizer(source, path, await withoutPictures(source)), OPTIONS);
}

async function describe(parsed: IAudioMetadata, source: Source, container: Container): Promise<FileMetadata> {
  const { format, common } = parsed;
  if (!format.sampleRate && !format.duration && !format.codec) throw new AppError('unreadable_audio', NO_AUDIO);
  const seconds = await duration(parsed, container, source);
  const bitrate = format.bitrate ?? (seconds ? (source.size * 8) / seconds : undefined);
  return {
    container,
    durationMs: seconds === undefined ? null : Math.round(seconds * 1000),
    sampleRate: format.sampleRate ?? null,
    // Musepack 7 knows nothing but two; music-metadata counts the bits that it tells by from the other end.
    channels: format.container === 'Musepack, SV7' ? 2 : (format.numberOfChannels ?? null),
    bitrate: bitrate ? Math.round(bitrate) : null,
    title: common.title?.trim() || null,
    artist: common.artist?.trim() || null,
    albumArtist: common.albumartist?.trim() || null,
    album: common.album?.trim() || null,
    genre: common.genre?.join('; ') || null,
    year: common.year ?? null,
    trackNumber: common.track.no,
    discNumber: common.disk.no,
    texts: textsOf(parsed),
    nomarrTags: countNomarrTags(parsed),
  };
}

async function duration(parsed: IAudioMetadata, container: Container, source: Source) {
  const { duration: known, bitrate, sampleRate } = parsed.format;
  if (known && Number.isFinite(known)) return known;
  if ((container === 'ogg' || container === 'opus') && sampleRate) return oggDuration(source, sampleRate);
  return bitrate ? ((await findAroundAudio(source)).audio.length * 8) / bitrate : undefined;
}

/** music-metadata would look for the first frame to the end of any file, however long. */
async function findMpeg(source: Source): Promise<Container | undefined> {
  return findFrames(source, (await findAroundAudio(source)).audio);
}

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
