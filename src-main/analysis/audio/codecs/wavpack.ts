import { type ChannelLayout, layoutOfMask } from '../channels';
import { blockOf, type CodecInput, type DecodedBlock, type WasmDecoder } from './codec';

/** The decoder keeps all it was given; blocks stand for themselves, so that a new one goes on where it was. */
const BYTES_A_DECODER = 4 * 1024 * 1024;
const HEADER_BYTES = 32;
const MAX_BLOCK_BYTES = 16 * 1024 * 1024;
const FLAGS = { final: 0x1000, float: 0x80, dsd: 0x80000000 };
const CHANNEL_INFO = 0x0d;
const RATES = [
  6000, 8000, 9600, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 64_000, 88_200, 96_000, 192_000,
];

/** Blocks that belong together: one for each pair of channels. */
interface Group {
  readonly bytes: Uint8Array;
  /** Of its first block. */
  readonly flags: number;
  readonly samples: number;
}

/**
 * WavPack by libwavpack. Its samples of fewer bits than their bytes hold (20 in 3) fill the bytes from the top, while
 * the package scales them by their bits: that is put right here.
 */
export async function* decodeWavpack(input: CodecInput): AsyncGenerator<DecodedBlock> {
  const { decoder } = await import('@audio/decode-wavpack');
  let wavpack: WasmDecoder = await decoder();
  let fed = 0;
  let layout: ChannelLayout | undefined;
  try {
    for await (const { bytes, flags, samples } of blockGroups(input)) {
      if (fed > BYTES_A_DECODER) {
        wavpack.free();
        wavpack = await decoder();
        fed = 0;
      }
      if (samples === 0) continue;
      fed += bytes.length;
      layout ??= layoutOf(bytes);
      try {
        const block = blockOf(await wavpack.decode(bytes), layout);
        if (block) yield scaled(block, flags);
        if ((block?.channels[0].length ?? 0) < samples && !(flags & FLAGS.dsd)) input.damage.isTruncated = true;
      } catch {
        input.damage.isTruncated = true;
        fed = Number.POSITIVE_INFINITY;
      }
    }
  } finally {
    wavpack.free();
  }
}

function scaled(block: DecodedBlock, flags: number): DecodedBlock {
  const missingBits = flags & (FLAGS.float | FLAGS.dsd) ? 0 : (flags >>> 13) & 31;
  if (missingBits === 0) return block;
  const gain = 2 ** -missingBits;
  for (const channel of block.channels) for (let i = 0; i < channel.length; i++) channel[i] *= gain;
  return block;
}

async function* blockGroups({ source, start, damage }: CodecInput): AsyncGenerator<Group> {
  let group: Uint8Array[] = [];
  for (let at = start, isFirst = true; ; isFirst = false) {
    const header = await source.read(at, HEADER_BYTES);
    if (header.length < HEADER_BYTES || String.fromCharCode(...header.subarray(0, 4)) !== 'wvpk') return;
    const view = new DataView(header.buffer, header.byteOffset);
    if (isFirst) damage.expectedS = announcedSeconds(view);
    const length = view.getUint32(4, true) + 8;
    const block = length >= HEADER_BYTES && length <= MAX_BLOCK_BYTES ? await source.read(at, length) : header;
    if (block.length < length) {
      damage.isTruncated = true;
      return;
    }
    group.push(block);
    at += length;
    if (!(view.getUint32(24, true) & FLAGS.final)) continue;
    const first = new DataView(group[0].buffer, group[0].byteOffset);
    const bytes = group.length === 1 ? block : Buffer.concat(group);
    yield { bytes, flags: first.getUint32(24, true), samples: first.getUint32(20, true) };
    group = [];
  }
}

/** By the first block; undefined when its writer did not know, or the rate stands elsewhere. */
function announcedSeconds(header: DataView): number | undefined {
  const total = header.getUint32(12, true);
  const flags = header.getUint32(24, true);
  const rate = RATES[(flags >>> 23) & 15];
  return total === 0xffffffff || !rate || flags & FLAGS.dsd
    ? undefined
    : (total + header.getUint8(11) * 2 ** 32) / rate;
}

/** Steps through the sub-blocks of the first block to the one that names the channels. */
function layoutOf(block: Uint8Array): ChannelLayout | undefined {
  for (let at = HEADER_BYTES; at + 4 <= block.length; ) {
    const id = block[at];
    const isLarge = id & 0x80;
    const words = isLarge ? block[at + 1] | (block[at + 2] << 8) | (block[at + 3] << 16) : block[at + 1];
    const body = at + (isLarge ? 4 : 2);
    const end = body + 2 * words - (id & 0x40 ? 1 : 0);
    if ((id & 0x3f) === CHANNEL_INFO && end > body && end <= block.length) {
      return layoutOfChannelInfo(block.subarray(body, end));
    }
    at = body + 2 * words;
  }
  return undefined;
}

/** A count and a mask of one to four bytes; files of very many channels write the count in more, and no layout fits. */
function layoutOfChannelInfo(info: Uint8Array): ChannelLayout | undefined {
  if (info.length > 5) return undefined;
  let mask = 0;
  for (let i = info.length - 1; i >= 1; i--) mask = mask * 256 + info[i];
  return layoutOfMask(mask, info[0]);
}
