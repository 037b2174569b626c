import { type IAudioMetadata, parseFile } from 'music-metadata';
import { AppError } from '../errors';
import { readErrorOf } from './file-errors';
import { findAroundAudio } from './files/around-audio';
import { type Container, containerOf, extensionOf } from './files/container';
import { type Source, withSource } from './files/source';
import { oggDuration } from './ogg-duration';

/** What a file says about itself; null where it says nothing. */
export interface FileMetadata {
  readonly container: Container | null;
  /** Estimated from the size where only listening to the whole file would tell. */
  readonly durationMs: number | null;
  readonly sampleRate: number | null;
  readonly channels: number | null;
  /** Bits per second. */
  readonly bitrate: number | null;
  readonly title: string | null;
  readonly artist: string | null;
  readonly albumArtist: string | null;
  readonly album: string | null;
  /** Several are joined with `; `. */
  readonly genre: string | null;
  readonly year: number | null;
  readonly trackNumber: number | null;
  readonly discNumber: number | null;
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
        const parsed = await parseFile(path, { skipCovers: true, duration: false });
        return describe(parsed, source, path);
      }),
    );
  } catch (thrown) {
    throw asAppError(thrown);
  }
}

async function describe(parsed: IAudioMetadata, source: Source, path: string): Promise<FileMetadata> {
  const { format, common } = parsed;
  if (!format.sampleRate && !format.duration && !format.codec) {
    throw new AppError('unreadable_audio', 'There is no audio in this file that Tonearm knows.');
  }
  const container = containerNamed(`${format.container ?? ''} ${format.codec ?? ''}`) ?? (await sniff(source));
  const seconds = await duration(parsed, container, source);
  const bitrate = format.bitrate ?? (seconds ? (source.size * 8) / seconds : undefined);
  return {
    container: container ?? (extensionOf(path) === 'aac' ? 'aac' : null),
    durationMs: seconds === undefined ? null : Math.round(seconds * 1000),
    sampleRate: format.sampleRate ?? null,
    channels: format.numberOfChannels ?? null,
    bitrate: bitrate ? Math.round(bitrate) : null,
    title: common.title?.trim() || null,
    artist: common.artist?.trim() || null,
    albumArtist: common.albumartist?.trim() || null,
    album: common.album?.trim() || null,
    genre: common.genre?.join('; ') || null,
    year: common.year ?? null,
    trackNumber: common.track.no,
    discNumber: common.disk.no,
  };
}

async function duration(parsed: IAudioMetadata, container: Container | undefined, source: Source) {
  const { duration: known, bitrate, sampleRate } = parsed.format;
  if (known && Number.isFinite(known)) return known;
  if ((container === 'ogg' || container === 'opus') && sampleRate) return oggDuration(source, sampleRate);
  return bitrate ? ((await findAroundAudio(source)).audio.length * 8) / bitrate : undefined;
}

async function sniff(source: Source): Promise<Container | undefined> {
  return containerOf(await source.read(0, 64));
}

/** The container in the words of music-metadata, `Ogg Opus` or `M4A/isom/iso2 MPEG-4/AAC`. */
function containerNamed(words: string): Container | undefined {
  const rules: [RegExp, Container][] = [
    [/^Ogg Opus/, 'opus'],
    [/^Ogg/, 'ogg'],
    [/^ADTS/, 'aac'],
    [/^MPEG /, 'mp3'],
    [/^FLAC/, 'flac'],
    [/^WAVE|^RF64|^BW64/, 'wav'],
    [/^AIF/, 'aiff'],
    [/^ASF/, 'asf'],
    [/^Monkey/, 'ape'],
    [/^WavPack/, 'wavpack'],
    [/^Musepack/, 'mpc'],
    [/^DSF/, 'dsf'],
    [/MPEG-4|^M4A|^mp42|ALAC/, 'm4a'],
  ];
  return rules.find(([pattern]) => pattern.test(words))?.[1];
}

function asAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return new AppError('unreadable_audio', `The file could not be read as audio: ${reason}`, { cause: thrown });
}
