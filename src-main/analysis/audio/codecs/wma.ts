import { AppError } from '../../../rpc';
import type { CodecInput, DecodedBlock } from './codec';
import { decodePieces } from './wasm';

const MAX_HEADER_BYTES = 30 * 1024 * 1024;
/** Header of the data object, which comes before the first packet. */
const DATA_HEADER_BYTES = 50;
const CODECS = new Set([0x160, 0x161, 0x162, 0x163]);

/** WMA 1, 2, Pro and Lossless, by FFmpeg's decoders. */
export async function* decodeWma({ source, start, damage }: CodecInput): AsyncGenerator<DecodedBlock> {
  const { decoder, demuxASF } = await import('@audio/decode-wma');
  const headerBytes = littleEndian64(await source.read(start + 16, 8));
  if (headerBytes > MAX_HEADER_BYTES) throw new AppError('unreadable_audio', 'The header of this WMA file is damaged.');
  const packetsAt = start + headerBytes + DATA_HEADER_BYTES;
  const header = await source.read(start, headerBytes + DATA_HEADER_BYTES);
  const format = audioFormat(() => demuxASF(header).formatTag);
  if (!CODECS.has(format)) {
    throw new AppError('unsupported_file', 'This file holds a kind of Windows Media sound that cannot be decoded.');
  }
  const dataBytes = littleEndian64(header.subarray(headerBytes + 16, headerBytes + 24));
  if (start + headerBytes + dataBytes > source.size) damage.isTruncated = true;
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    // The decoder wants the header in one piece, however long the pictures in it are.
    yield header;
    yield* source.chunks(packetsAt);
  };
  yield* decodePieces(await decoder(), pieces());
}

function audioFormat(demux: () => number): number {
  try {
    return demux();
  } catch (error) {
    throw new AppError('unsupported_file', 'This Windows Media file has no sound in it.', { cause: error });
  }
}

const littleEndian64 = (bytes: Uint8Array): number =>
  bytes.length < 8 ? 0 : Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
