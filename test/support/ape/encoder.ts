import { crc32 } from 'node:zlib';
import { createForward } from './forward-filters';
import { createRangeEncoder, createValueEncoder } from './range-encoder';

/** How a Monkey's Audio file is to be. Before version 3980 frames have 294912 samples of a channel. */
export interface ApeOptions {
  version: number;
  level: number;
  bits: 8 | 16 | 24;
  sampleRate?: number;
  blocksPerFrame?: number;
  isWhole?: boolean;
}

const OLD_BLOCKS_A_FRAME = 294_912;

/** Encodes one or two channels of whole numbers; slow, and only as good as a test needs it. */
export function encodeApe(channels: readonly Int32Array[], options: ApeOptions): Buffer {
  const blocksPerFrame = options.version < 3980 ? OLD_BLOCKS_A_FRAME : (options.blocksPerFrame ?? 73_728);
  const out: number[] = [];
  const positions: number[] = [];
  for (let from = 0; from < channels[0].length; from += blocksPerFrame) {
    positions.push(out.length);
    const frame = channels.map((channel) => channel.subarray(from, from + blocksPerFrame));
    encodeFrame(frame, options, out);
  }
  while (out.length % 4) out.push(0);
  const shape = { channels: channels.length, blocks: channels[0].length, blocksPerFrame, frameBytes: out.length };
  const header = options.version < 3980 ? oldHeader(options, shape) : currentHeader(options, shape);
  const start = header.length + 4 * positions.length;
  const table = Buffer.from(Uint32Array.from(positions, (position) => start + position).buffer);
  return Buffer.concat([header, table, Buffer.from(out).swap32()]);
}

function encodeFrame(channels: readonly Int32Array[], options: ApeOptions, out: number[]): void {
  const special = specialCodes(channels);
  const checksum = (crc32(pcmOf(channels, options.bits)) >>> 1) + (special ? 2 ** 31 : 0);
  for (const word of special ? [checksum, special] : [checksum]) {
    out.push(word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255);
  }
  const range = createRangeEncoder(out);
  const [left, right] = channels;
  const { version, level, isWhole = false } = options;
  const channel = () => {
    const forward = createForward({ version, level, isWhole });
    const write = createValueEncoder(range, version);
    return (value: number, neighbour: number) => write(forward(value, neighbour));
  };
  const mid = channel();
  const isSilent = right ? (special & 3) === 3 : special === 1;
  if (!isSilent && (!right || special & 4)) for (const value of left) mid(value, 0);
  else if (!isSilent) {
    const side = channel();
    let lastMid = 0;
    for (let i = 0; i < left.length; i++) {
      const y = right[i] - left[i];
      const x = left[i] + Math.trunc(y / 2);
      side(y, lastMid);
      mid(x, y);
      lastMid = x;
    }
  }
  range.finish();
}

/** 1: the first channel is silent, 2: the second, 4: both are the same. */
function specialCodes([left, right]: readonly Int32Array[]): number {
  const isSilent = (channel: Int32Array): boolean => channel.every((value) => value === 0);
  if (!right) return isSilent(left) ? 1 : 0;
  const isSame = right.every((value, i) => value === left[i]);
  return (isSilent(left) ? 1 : 0) | (isSilent(right) ? 2 : 0) | (isSame ? 4 : 0);
}

/** Interleaved, as a WAV file has it. */
export function pcmOf(channels: readonly Int32Array[], bits: number): Buffer {
  const bytes = bits / 8;
  const pcm = Buffer.alloc(channels[0].length * channels.length * bytes);
  let at = 0;
  for (let i = 0; i < channels[0].length; i++) {
    for (const channel of channels) {
      if (bits === 8) pcm.writeUInt8(channel[i] + 128, at);
      else pcm.writeIntLE(channel[i], at, bytes);
      at += bytes;
    }
  }
  return pcm;
}

interface Shape {
  channels: number;
  blocks: number;
  blocksPerFrame: number;
  frameBytes: number;
}

const framesOf = ({ blocks, blocksPerFrame }: Shape): number => Math.ceil(blocks / blocksPerFrame);
const lastOf = (shape: Shape): number => shape.blocks - (framesOf(shape) - 1) * shape.blocksPerFrame;
const LEAVES_OUT_WAV_HEADER = 32;

function currentHeader({ version, level, bits, sampleRate = 44_100 }: ApeOptions, shape: Shape): Buffer {
  const header = Buffer.alloc(76);
  header.write('MAC ');
  header.writeUInt16LE(version, 4);
  const sizes = [52, 24, 4 * framesOf(shape), 0, shape.frameBytes];
  for (const [i, size] of sizes.entries()) header.writeUInt32LE(size, 8 + 4 * i);
  header.writeUInt16LE(level, 52);
  header.writeUInt16LE(LEAVES_OUT_WAV_HEADER, 54);
  header.writeUInt32LE(shape.blocksPerFrame, 56);
  header.writeUInt32LE(lastOf(shape), 60);
  header.writeUInt32LE(framesOf(shape), 64);
  header.writeUInt16LE(bits, 68);
  header.writeUInt16LE(shape.channels, 70);
  header.writeUInt32LE(sampleRate, 72);
  return header;
}

function oldHeader({ version, level, bits, sampleRate = 44_100 }: ApeOptions, shape: Shape): Buffer {
  const wav = Buffer.from('a WAV header of whatever length');
  const header = Buffer.alloc(40);
  header.write('MAC ');
  header.writeUInt16LE(version, 4);
  header.writeUInt16LE(level, 6);
  header.writeUInt16LE(4 | 16 | (bits === 8 ? 1 : bits === 24 ? 8 : 0), 8);
  header.writeUInt16LE(shape.channels, 10);
  const fields = [sampleRate, wav.length, 0, framesOf(shape), lastOf(shape), 0, framesOf(shape)];
  for (const [i, field] of fields.entries()) header.writeUInt32LE(field, 12 + 4 * i);
  return Buffer.concat([header, wav]);
}
