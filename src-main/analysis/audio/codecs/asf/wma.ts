import { AppError } from '../../../../rpc';
import { layoutOfMask } from '../../channels';
import { blockOf, type CodecInput, type DecodedBlock, quietly } from '../codec';
import { type AsfAudio, audioOfHeader } from './asf-header';
import { createObjectReader } from './asf-packets';
import { blockPacket, headerFor } from './own-asf';

const MAX_HEADER_BYTES = 30 * 1024 * 1024;
/** Header of the data object, which comes before the first packet. */
const DATA_HEADER_BYTES = 50;
const CODECS = new Set([0x160, 0x161, 0x162, 0x163]);
const CHANNEL_MASK_AT = 18 + 2;
/** Blocks that are decoded at once. */
const BLOCKS_A_PIECE = 16;

/**
 * WMA 1, 2, Pro and Lossless, by FFmpeg's decoders. Their package takes a file, and does not tell its streams apart; so
 * the blocks of one stream are found here and given to it as a file of their own.
 */
export async function* decodeWma(input: CodecInput): AsyncGenerator<DecodedBlock> {
  const { source, start, damage } = input;
  const headerBytes = littleEndian64(await source.read(start + 16, 8));
  if (headerBytes > MAX_HEADER_BYTES) throw new AppError('unreadable_audio', 'The header of this WMA file is damaged.');
  const header = await source.read(start, headerBytes + DATA_HEADER_BYTES);
  const audio = audioOfHeader(header.subarray(0, headerBytes), CODECS);
  damage.expectedS = audio.seconds;
  const dataBytes = littleEndian64(header.subarray(headerBytes + 16, headerBytes + 24));
  if (start + headerBytes + dataBytes > source.size) damage.isTruncated = true;
  const { decoder } = await import('@audio/decode-wma');
  const wma = await decoder();
  const layout = layoutOfFormat(audio);
  try {
    wma.decode(headerFor(audio));
    for await (const piece of piecesOf(input, audio, start + headerBytes)) {
      const block = tryDecode(() => wma.decode(piece), damage);
      if (block) yield { ...block, layout: layout?.length === block.channels.length ? layout : undefined };
    }
    const last = tryDecode(() => wma.flush(), damage);
    if (last) yield { ...last, layout: layout?.length === last.channels.length ? layout : undefined };
  } finally {
    wma.free();
  }
}

function tryDecode(decode: () => Parameters<typeof blockOf>[0], damage: CodecInput['damage']) {
  try {
    return blockOf(quietly(decode));
  } catch {
    damage.isTruncated = true;
    return undefined;
  }
}

/** The blocks of the stream, some at a time, each in a packet of its own. */
async function* piecesOf(input: CodecInput, audio: AsfAudio, dataAt: number): AsyncGenerator<Uint8Array> {
  const { source, damage } = input;
  const { blockAlign, packetBytes, stream } = audio;
  if (blockAlign === 0 || packetBytes === 0) {
    throw new AppError('unsupported_file', 'This Windows Media file is laid out in a way that is not understood.');
  }
  const objects = createObjectReader(stream);
  let packets: Uint8Array[] = [];
  const add = (object: Uint8Array): void => {
    for (let at = 0; at + blockAlign <= object.length; at += blockAlign) {
      packets.push(blockPacket(object.subarray(at, at + blockAlign)));
    }
    if (object.length % blockAlign) damage.isTruncated = true;
  };
  const end = await endOfData(input, dataAt);
  for (let at = dataAt + DATA_HEADER_BYTES; at + packetBytes <= end; at += packetBytes) {
    for (const object of objects.read(await source.read(at, packetBytes))) add(object);
    if (packets.length < BLOCKS_A_PIECE) continue;
    yield Buffer.concat(packets);
    packets = [];
  }
  for (const object of objects.finish()) add(object);
  if (packets.length > 0) yield Buffer.concat(packets);
}

/** Indexes may follow upon the packets; a broadcast does not say where those end. */
async function endOfData({ source }: CodecInput, dataAt: number): Promise<number> {
  const bytes = littleEndian64(await source.read(dataAt + 16, 8));
  return bytes > DATA_HEADER_BYTES ? Math.min(source.size, dataAt + bytes) : source.size;
}

/** Pro and Lossless name their speakers by a mask. */
function layoutOfFormat({ waveFormat, formatTag, channels }: AsfAudio) {
  if (formatTag < 0x162 || waveFormat.length < CHANNEL_MASK_AT + 4) return undefined;
  const view = new DataView(waveFormat.buffer, waveFormat.byteOffset, waveFormat.byteLength);
  return layoutOfMask(view.getUint32(CHANNEL_MASK_AT, true), channels);
}

const littleEndian64 = (bytes: Uint8Array): number =>
  bytes.length < 8 ? 0 : Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
