import { crc32 } from 'node:zlib';
import { FILTERS, restoreFiltered } from './ape-filter';
import type { ApeHeader } from './ape-header';
import { restoreMono, restoreStereo, type Sums } from './ape-predictor';
import { decodeResiduals } from './ape-residuals';

/** One frame as it lies in the file, its bytes in their right order. */
export interface ApeFrame {
  readonly bytes: Uint8Array;
  /** Where it begins; it may do so within a word of four bytes. */
  readonly at: number;
  readonly blocks: number;
  /** The file ends before the frame does, or may do so. */
  readonly isCutOff: boolean;
}

/** Decodes frame by frame into the same memory. */
export interface FrameDecoder {
  /** The whole numbers of each channel, valid until the next frame. */
  readonly channels: readonly Int32Array[];
  /** How many samples of the frame are right: all, those before its bytes end, or none when its checksum is wrong. */
  decode(frame: ApeFrame): number;
}

const SPECIAL = { silence: 3, monoSilence: 1, sameOnBothSides: 4 };

/** Frames stand for themselves: nothing is carried from one to the next. */
export function createFrameDecoder(header: ApeHeader): FrameDecoder {
  const longest = header.frames > 1 ? header.blocksPerFrame : header.lastFrameBlocks;
  const channels = Array.from({ length: header.channels }, () => new Int32Array(longest));
  let sums: Sums = 'wrapped';
  const attempt = (frame: ApeFrame, code: FrameCode): number => {
    const count = decodeChannels(frame, code, { header, channels, sums });
    if (count < frame.blocks) return frame.isCutOff ? count : 0;
    return checksum(channels, count, header.bits) === code.checksum ? count : 0;
  };
  return {
    channels,
    decode(frame) {
      const code = readCode(frame);
      if (!code) return 0;
      const count = attempt(frame, code);
      if (count > 0 || header.bits < 24) return count;
      const before = sums;
      sums = sums === 'whole' ? 'wrapped' : 'whole';
      const second = attempt(frame, code);
      if (second === 0) sums = before;
      return second;
    },
  };
}

interface FrameCode {
  readonly checksum: number;
  readonly special: number;
  /** Where the residuals begin. */
  readonly at: number;
}

function readCode({ bytes, at }: ApeFrame): FrameCode | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (at + 8 > bytes.length) return undefined;
  const first = view.getUint32(at);
  const checksum = first & 0x7fffffff;
  return first >>> 31
    ? { checksum, special: view.getUint32(at + 4), at: at + 8 }
    : { checksum, special: 0, at: at + 4 };
}

interface Decoding {
  readonly header: ApeHeader;
  readonly channels: readonly Int32Array[];
  readonly sums: Sums;
}

/** Residuals → long filters → predictor → left and right. */
function decodeChannels(frame: ApeFrame, { special, at }: FrameCode, decoding: Decoding): number {
  const { channels, header, sums } = decoding;
  const { bytes, blocks } = frame;
  const isStereo = channels.length === 2;
  const silence = isStereo ? SPECIAL.silence : SPECIAL.monoSilence;
  if ((special & silence) === silence) {
    for (const channel of channels) channel.fill(0, 0, blocks);
    return blocks;
  }
  const isOneSound = !isStereo || (special & SPECIAL.sameOnBothSides) !== 0;
  const coded = isOneSound ? channels.slice(0, 1) : channels;
  const count = decodeResiduals({ bytes, at, blocks }, header.version, coded);
  for (const channel of coded) {
    for (const shape of FILTERS[header.level]) restoreFiltered(channel, count, shape, header.version);
  }
  const [first, second] = channels;
  if (!isOneSound) {
    restoreStereo(first, second, count, sums);
    separate(first, second, count);
  } else {
    restoreMono(first, count, sums);
    if (isStereo) second.set(first.subarray(0, count));
  }
  return count;
}

/** Left and right out of side (right less left) and mid (left and half the side, rounded towards zero), in place. */
function separate(side: Int32Array, mid: Int32Array, count: number): void {
  for (let i = 0; i < count; i++) {
    const left = mid[i] - ((side[i] / 2) | 0);
    mid[i] = left + side[i];
    side[i] = left;
  }
}

const BLOCKS_A_PIECE = 4096;

/** The upper 31 bits of the CRC-32 of the samples as a WAV file has them. */
function checksum(channels: readonly Int32Array[], count: number, bits: number): number {
  const sampleBytes = bits / 8;
  const pcm = Buffer.alloc(BLOCKS_A_PIECE * channels.length * sampleBytes);
  const offset = bits === 8 ? 128 : 0;
  let crc = 0;
  for (let from = 0; from < count; from += BLOCKS_A_PIECE) {
    const to = Math.min(count, from + BLOCKS_A_PIECE);
    let at = 0;
    for (let i = from; i < to; i++) {
      for (const channel of channels) {
        const sample = channel[i] + offset;
        pcm[at++] = sample;
        if (sampleBytes > 1) pcm[at++] = sample >> 8;
        if (sampleBytes > 2) pcm[at++] = sample >> 16;
      }
    }
    crc = crc32(pcm.subarray(0, at), crc);
  }
  return crc >>> 1;
}
