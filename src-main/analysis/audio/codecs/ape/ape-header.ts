import { AppError } from '../../../../rpc';
import type { CodecInput } from '../codec';

/** What a Monkey's Audio file says of itself. Positions are counted from the beginning of the file. */
export interface ApeHeader {
  /** 3950 is 3.95. */
  readonly version: number;
  /** 1000 fast, 2000 normal, 3000 high, 4000 extra high, 5000 insane. */
  readonly level: number;
  readonly channels: number;
  readonly bits: number;
  readonly sampleRate: number;
  readonly frames: number;
  /** Samples of one channel in every frame but the last. */
  readonly blocksPerFrame: number;
  readonly lastFrameBlocks: number;
  /** Where the positions of the frames lie, 32 bits each, counted from the MAC signature. */
  readonly seekTable: number;
  readonly seekTableEntries: number;
  /** Where the last frame ends; endless when the header does not tell. */
  readonly framesEnd: number;
}

const VERSIONS = { oldest: 3950, withDescriptor: 3980, newest: 3999 };
const LEVELS = new Set([1000, 2000, 3000, 4000, 5000]);
const DESCRIPTOR_BYTES = 52;
const HEADER_BYTES = 24;
const OLD_HEADER_BYTES = 32;
const OLD_BLOCKS_A_FRAME = 73_728 * 4;
/** As many as the level insane has. */
const MAX_BLOCKS_A_FRAME = 73_728 * 16;
const FLAGS = { is8Bit: 1, hasPeak: 4, is24Bit: 8, hasSeekCount: 16, leavesOutWavHeader: 32 };

/**
 * Reads the header: a descriptor and a header since version 3.98, before that a shorter one.
 * Throws `unsupported_file` for what cannot be decoded, `unreadable_audio` for what cannot be.
 */
export function readApeHeader({ start, head }: CodecInput): ApeHeader {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  if (head.length < DESCRIPTOR_BYTES + HEADER_BYTES) throw damaged();
  const version = view.getUint16(4, true);
  if (version < VERSIONS.oldest || version > VERSIONS.newest) {
    const name = (version / 1000).toFixed(2);
    throw unsupported(`of version ${name} cannot be decoded, only those of 3.95 to 3.99; FLAC would do`);
  }
  const read = version >= VERSIONS.withDescriptor ? readWithDescriptor : readOld;
  return checked(read(view, start));
}

function readWithDescriptor(view: DataView, start: number): ApeHeader {
  const u32 = (at: number): number => view.getUint32(at, true);
  const at = u32(8);
  if (at < DESCRIPTOR_BYTES || at + HEADER_BYTES > view.byteLength) throw damaged();
  const [headerBytes, seekBytes, wavBytes, frameBytes] = [u32(12), u32(16), u32(20), u32(24) + u32(28) * 2 ** 32];
  const seekTable = start + at + headerBytes;
  return {
    version: view.getUint16(4, true),
    level: view.getUint16(at, true),
    blocksPerFrame: u32(at + 4),
    lastFrameBlocks: u32(at + 8),
    frames: u32(at + 12),
    bits: view.getUint16(at + 16, true),
    channels: view.getUint16(at + 18, true),
    sampleRate: u32(at + 20),
    seekTable,
    seekTableEntries: seekBytes >>> 2,
    framesEnd: frameBytes > 0 ? seekTable + seekBytes + wavBytes + frameBytes : Number.POSITIVE_INFINITY,
  };
}

function readOld(view: DataView, start: number): ApeHeader {
  const u32 = (at: number): number => view.getUint32(at, true);
  const flags = view.getUint16(8, true);
  const frames = u32(24);
  let at = OLD_HEADER_BYTES;
  if (flags & FLAGS.hasPeak) at += 4;
  let seekTableEntries = frames;
  if (flags & FLAGS.hasSeekCount) {
    seekTableEntries = u32(at);
    at += 4;
  }
  return {
    version: view.getUint16(4, true),
    level: view.getUint16(6, true),
    channels: view.getUint16(10, true),
    sampleRate: u32(12),
    frames,
    blocksPerFrame: OLD_BLOCKS_A_FRAME,
    lastFrameBlocks: u32(28),
    bits: flags & FLAGS.is8Bit ? 8 : flags & FLAGS.is24Bit ? 24 : 16,
    seekTable: start + at + (flags & FLAGS.leavesOutWavHeader ? 0 : u32(16)),
    seekTableEntries,
    framesEnd: Number.POSITIVE_INFINITY,
  };
}

function checked(header: ApeHeader): ApeHeader {
  const { level, channels, bits, frames, blocksPerFrame, lastFrameBlocks, seekTableEntries } = header;
  if (frames === 0 || blocksPerFrame === 0 || lastFrameBlocks === 0) throw damaged();
  if (lastFrameBlocks > blocksPerFrame || seekTableEntries < frames) throw damaged();
  if (!LEVELS.has(level)) throw unsupported(`of the compression level ${level} are not understood`);
  if (blocksPerFrame > MAX_BLOCKS_A_FRAME) throw unsupported('with frames as long as these are not understood');
  if (channels < 1 || channels > 2) throw unsupported(`of ${channels} channels cannot be decoded; FLAC would do`);
  if (bits !== 8 && bits !== 16 && bits !== 24) {
    throw unsupported(`of ${bits} bits a sample cannot be decoded; FLAC would do`);
  }
  return header;
}

const unsupported = (what: string): AppError => new AppError('unsupported_file', `Monkey's Audio files (ape) ${what}.`);

const damaged = (): AppError =>
  new AppError('unreadable_audio', "The beginning of this Monkey's Audio file is damaged.");
