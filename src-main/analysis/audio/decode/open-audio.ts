import { AppError } from '../../../rpc';
import type { ChannelLayout } from '../channels';
import type { Codec, Damage, DecodedBlock } from '../codecs';
import { CODECS, CopyProtectedError } from '../codecs';
import { decodeByFfmpeg, type Ffmpeg, findFfmpeg } from '../ffmpeg';
import type { Container } from '../source';
import { type ByteSource, openByteSource, type Probe, probe } from '../source';
import { createUnifier, formOf } from './unify';

/** A file that is being decoded. */
export interface DecodedAudio {
  /** Undefined for what only FFmpeg knows. */
  readonly container: Container | undefined;
  readonly sampleRate: number;
  readonly channels: number;
  /** Where the channels are played. */
  readonly layout: ChannelLayout;
  /** `builtin`, or the name and version of a program: `ffmpeg 5.1.6`. */
  readonly decodedBy: string;
  /**
   * The samples, planar, −1…1, in blocks of whatever length is natural; rate and channels are the same in all, whatever
   * the file does. Each block belongs to who takes it. To be walked once; leaving the loop early closes the file.
   */
  readonly blocks: AsyncIterable<Float32Array[]>;
  /** Known when all blocks are taken: the file ended before its audio did, or parts of it could not be decoded. */
  readonly isTruncated: boolean;
  /** Known when all blocks are taken: how long the file says that its audio is; null where it says nothing. */
  readonly expectedS: number | null;
  /** Closes the file when the blocks are not going to be walked. */
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly signal?: AbortSignal;
  /** `any`, the default, goes to FFmpeg where it is installed and the built-in decoders refuse the file. */
  readonly decoder?: 'any' | 'builtin' | 'ffmpeg';
  /** The FFmpeg to take; by default it is looked for, which a process without rights cannot do. */
  readonly ffmpeg?: Ffmpeg;
}

/**
 * Opens an audio file and decodes it as a stream, so that memory does not grow with its length. The first block is
 * decoded at once: what cannot be decoded at all fails here. A file whose beginning can be decoded gives that, and
 * says `isTruncated` at the end.
 *
 * Throws `unsupported_file` (no audio, or a kind that cannot be decoded), `unreadable_audio` (damaged), `not_found`,
 * and the signal's reason when it is aborted, between blocks.
 */
export async function openAudio(file: string, options: OpenOptions = {}): Promise<DecodedAudio> {
  const { signal, decoder = 'any', ffmpeg } = options;
  const source = await openByteSource(file, signal);
  let container: Container | undefined;
  try {
    const found = await probe(source);
    container = found.container;
    if (decoder !== 'ffmpeg') {
      const damage: Damage = { isTruncated: false };
      const codec = codecFor(found, source.size);
      const decoding = codec({ source, start: found.start, head: found.head, damage });
      return await startDecoding({ source, signal, container, damage, decoding, decodedBy: 'builtin' });
    }
  } catch (error) {
    await source.close();
    const refusal = readable(error, signal);
    if (decoder === 'builtin' || !mayBeDecodedElsewhere(refusal, source.size)) throw refusal;
    return openByFfmpeg(file, { container, signal, ffmpeg }, refusal);
  }
  await source.close();
  return openByFfmpeg(file, { container, signal, ffmpeg }, NO_FFMPEG);
}

const NO_FFMPEG = new AppError('unsupported_file', 'FFmpeg, which could decode this file, is not installed.');

const mayBeDecodedElsewhere = (refusal: unknown, size: number): boolean =>
  size > 0 &&
  refusal instanceof AppError &&
  !(refusal instanceof CopyProtectedError) &&
  ['unsupported_file', 'unreadable_audio'].includes(refusal.code);

/** By FFmpeg; throws `refusal` where that is not installed or cannot decode it either. */
async function openByFfmpeg(
  file: string,
  { container, signal, ffmpeg: given }: { container?: Container; signal?: AbortSignal; ffmpeg?: Ffmpeg },
  refusal: unknown,
): Promise<DecodedAudio> {
  const ffmpeg = given ?? (await findFfmpeg());
  if (!ffmpeg) throw refusal;
  const damage: Damage = { isTruncated: false };
  const decoding = decodeByFfmpeg(file, ffmpeg, { container, signal, damage });
  try {
    return await startDecoding({ signal, container, damage, decoding, decodedBy: ffmpeg.name });
  } catch {
    signal?.throwIfAborted();
    throw refusal;
  }
}

function codecFor({ container }: Probe, size: number): Codec {
  if (size === 0) throw new AppError('unreadable_audio', 'The file is empty. Copy it again from where it came from.');
  if (!container) throw new AppError('unsupported_file', 'This is not an audio file, whatever its name says.');
  const codec = CODECS[container];
  if (!codec) {
    throw new AppError('unsupported_file', `There is no decoder for files of the kind ${container}; FLAC would do.`);
  }
  return codec;
}

interface Decoding {
  /** What the decoder reads from, if it is one of ours. */
  readonly source?: ByteSource;
  readonly signal: AbortSignal | undefined;
  readonly container: Container | undefined;
  readonly damage: Damage;
  readonly decoding: AsyncGenerator<DecodedBlock>;
  readonly decodedBy: string;
}

const RATES = { lowest: 1000, highest: 1_000_000 };
const MAX_CHANNELS = 64;
/** What a file says of its length and what decoders give differ by a frame or two of the longest kinds. */
const SLACK = { seconds: 0.1, samples: 4608 };
/** What is longer than a month is a number that nobody wrote. */
const MAX_EXPECTED_S = 31 * 24 * 3600;

async function startDecoding(opened: Decoding): Promise<DecodedAudio> {
  const { source, container, damage, decoding, decodedBy } = opened;
  const first = await decoding.next();
  if (first.done) throw new AppError('unreadable_audio', 'Nothing in this file can be decoded; it is damaged.');
  const { sampleRate, channels } = first.value;
  if (!isPossible(first.value)) {
    await decoding.return(undefined);
    throw new AppError(
      'unsupported_file',
      `Sound of ${channels.length} channels at ${sampleRate} Hz is not understood.`,
    );
  }
  const { layout } = formOf(first.value);
  const counted = { samples: 0 };
  const expectedS = (): number | null => {
    const { expectedS: seconds = 0 } = damage;
    return seconds > 0 && seconds <= MAX_EXPECTED_S ? seconds : null;
  };
  return {
    container,
    sampleRate,
    layout,
    decodedBy,
    channels: channels.length,
    blocks: walk(first.value, opened, counted),
    get isTruncated() {
      const slackS = Math.max(SLACK.seconds, SLACK.samples / sampleRate);
      return damage.isTruncated || counted.samples / sampleRate < (expectedS() ?? 0) - slackS;
    },
    get expectedS() {
      return expectedS();
    },
    async close() {
      await decoding.return(undefined);
      await source?.close();
    },
  };
}

const isPossible = ({ sampleRate, channels }: DecodedBlock): boolean =>
  sampleRate >= RATES.lowest && sampleRate <= RATES.highest && channels.length <= MAX_CHANNELS;

async function* walk(
  first: DecodedBlock,
  { decoding, source, signal, damage }: Decoding,
  counted: { samples: number },
): AsyncGenerator<Float32Array[]> {
  const unifier = createUnifier(formOf(first));
  const counting = (blocks: Float32Array[][]): Float32Array[][] => {
    for (const [channel] of blocks) counted.samples += channel.length;
    return blocks;
  };
  try {
    source?.audioRead();
    yield* counting(unifier.push({ ...first, channels: sane(first.channels) }));
    for (;;) {
      const next = await decoding.next();
      if (next.done) break;
      source?.audioRead();
      if (isPossible(next.value)) {
        yield* counting(unifier.push({ ...next.value, channels: sane(next.value.channels) }));
      } else damage.isTruncated = true;
    }
    yield* counting(unifier.flush());
  } catch (error) {
    // What could not be read may be there the next time; what could not be decoded will not.
    if (signal?.aborted || isReadFailure(error)) throw readable(error, signal);
    damage.isTruncated = true;
  } finally {
    await decoding.return(undefined);
    await source?.close();
  }
}

/** A damaged frame may decode to anything; what is far beyond full scale or no number would spoil every sum. */
const LOUDEST = 16;

function sane(channels: Float32Array[]): Float32Array[] {
  for (const channel of channels) {
    if (isSane(channel)) continue;
    for (let i = 0; i < channel.length; i++) if (!(Math.abs(channel[i]) <= LOUDEST)) channel[i] = 0;
  }
  return channels;
}

const LOUDEST_BITS = new Uint32Array(Float32Array.of(LOUDEST).buffer)[0];

/**
 * Without their signs, the bits of two floats compare as whole numbers like the floats, and those of what is no number
 * are above all. One difference below zero is found at the end.
 */
function isSane(samples: Float32Array): boolean {
  const bits = new Int32Array(samples.buffer, samples.byteOffset, samples.length);
  let differences = 0;
  for (let i = 0; i < bits.length; i++) differences |= LOUDEST_BITS - (bits[i] & 0x7fffffff);
  return differences >= 0;
}

const isReadFailure = (error: unknown): boolean => error instanceof Error && 'syscall' in error;

function readable(error: unknown, signal: AbortSignal | undefined): unknown {
  if (error instanceof AppError || signal?.aborted) return error;
  const message = isReadFailure(error)
    ? 'The file could not be read to its end. Is its drive still there?'
    : 'This file cannot be decoded; it is damaged.';
  return new AppError('unreadable_audio', message, { cause: error });
}
