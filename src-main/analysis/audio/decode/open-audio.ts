import { AppError } from '../../../rpc';
import type { Codec, DecodedBlock } from '../codecs';
import { CODECS } from '../codecs';
import type { Container } from '../source';
import { type ByteSource, openByteSource, type Probe, probe } from '../source';

/** A file that is being decoded. */
export interface DecodedAudio {
  readonly container: Container;
  readonly sampleRate: number;
  readonly channels: number;
  /**
   * The samples, planar, −1…1, in blocks of whatever length is natural. Each block belongs to who takes it. To be
   * walked once; leaving the loop early closes the file.
   */
  readonly blocks: AsyncIterable<Float32Array[]>;
  /** Known when all blocks are taken: the file ended before its audio did, or parts of it could not be decoded. */
  readonly isTruncated: boolean;
  /** Closes the file when the blocks are not going to be walked. */
  close(): Promise<void>;
}

/**
 * Opens an audio file and decodes it as a stream, so that memory does not grow with its length. The first block is
 * decoded at once: what cannot be decoded at all fails here. A file whose beginning can be decoded gives that, and
 * says `isTruncated` at the end.
 *
 * Throws `unsupported_file` (no audio, or a kind that cannot be decoded), `unreadable_audio` (damaged), `not_found`,
 * and the signal's reason when it is aborted, between blocks.
 */
export async function openAudio(file: string, options: { signal?: AbortSignal } = {}): Promise<DecodedAudio> {
  const source = await openByteSource(file, options.signal);
  try {
    const found = await probe(source);
    return await startDecoding({ source, signal: options.signal }, found, codecFor(found, source.size));
  } catch (error) {
    await source.close();
    throw readable(error, options.signal);
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

interface Opened {
  source: ByteSource;
  signal: AbortSignal | undefined;
}

const RATES = { lowest: 1000, highest: 1_000_000 };
const MAX_CHANNELS = 64;

async function startDecoding({ source, signal }: Opened, found: Probe, codec: Codec): Promise<DecodedAudio> {
  const damage = { isTruncated: false };
  const decoding = codec({ source, start: found.start, head: found.head, damage });
  const first = await decoding.next();
  if (first.done) throw new AppError('unreadable_audio', 'Nothing in this file can be decoded; it is damaged.');
  const { sampleRate, channels } = first.value;
  if (sampleRate < RATES.lowest || sampleRate > RATES.highest || channels.length > MAX_CHANNELS) {
    await decoding.return(undefined);
    throw new AppError(
      'unsupported_file',
      `Sound of ${channels.length} channels at ${sampleRate} Hz is not understood.`,
    );
  }
  return {
    container: found.container!,
    sampleRate,
    channels: channels.length,
    blocks: walk(first.value, { decoding, source, signal, damage }),
    get isTruncated() {
      return damage.isTruncated;
    },
    async close() {
      await decoding.return(undefined);
      await source.close();
    },
  };
}

interface Decoding extends Opened {
  decoding: AsyncGenerator<DecodedBlock>;
  damage: { isTruncated: boolean };
}

async function* walk(first: DecodedBlock, walked: Decoding): AsyncGenerator<Float32Array[]> {
  const { decoding, source, signal, damage } = walked;
  try {
    source.audioRead();
    yield sane(first.channels);
    for (;;) {
      const next = await decoding.next();
      if (next.done) return;
      if (next.value.sampleRate !== first.sampleRate) {
        damage.isTruncated = true;
        return;
      }
      source.audioRead();
      yield sane(next.value.channels);
    }
  } catch (error) {
    // What could not be read may be there the next time; what could not be decoded will not.
    if (signal?.aborted || isReadFailure(error)) throw readable(error, signal);
    damage.isTruncated = true;
  } finally {
    await decoding.return(undefined);
    await source.close();
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
