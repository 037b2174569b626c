const table = (width: number, polynomial: number): Uint16Array =>
  Uint16Array.from({ length: 256 }, (_, byte) => {
    let crc = byte << (width - 8);
    for (let bit = 0; bit < 8; bit++) crc = crc & (1 << (width - 1)) ? (crc << 1) ^ polynomial : crc << 1;
    return crc & ((1 << width) - 1);
  });
const CRC8 = table(8, 0x07);
/** From what bytes make of the checksum, what they make of it when a zero comes after them. */
const beforeZero = (crcs: Uint16Array) => crcs.map((crc) => LAST[crc >> 8] ^ (crc << 8));
const LAST = table(16, 0x8005);
const THIRD = beforeZero(LAST);
const SECOND = beforeZero(THIRD);
const FIRST = beforeZero(SECOND);

/**
 * Checksum of a whole frame, its own two bytes included: 0 when nothing was changed (RFC 9639 §9.3). Four bytes at a
 * time, whose tables do not wait for each other.
 */
export function crc16(bytes: Uint8Array, from: number, to: number, start = 0): number {
  let crc = start;
  let i = from;
  for (; i + 4 <= to; i += 4) {
    crc = FIRST[(crc >> 8) ^ bytes[i]] ^ SECOND[(crc & 0xff) ^ bytes[i + 1]] ^ THIRD[bytes[i + 2]] ^ LAST[bytes[i + 3]];
  }
  for (; i < to; i++) crc = (LAST[(crc >> 8) ^ bytes[i]] ^ (crc << 8)) & 0xffff;
  return crc;
}

/** Whether these bytes are a frame from its first to its last, unharmed. */
export const isWholeFlacFrame = (bytes: Uint8Array): boolean =>
  flacHeaderLength(bytes, 0) > 0 && crc16(bytes, 0, bytes.length) === 0;

/** What a FLAC stream is throughout, as its STREAMINFO says; a frame may say otherwise of itself. */
export interface FlacFormat {
  readonly sampleRate: number;
  readonly channels: number;
  readonly bits: number;
}

/** What frames share that one decoder can take. */
export interface FrameFormat extends FlacFormat {
  /** The frame says its rate and depth itself, and leaves neither to the stream. */
  readonly isExplicit: boolean;
}

export interface FlacFrame extends FrameFormat {
  readonly headerBytes: number;
  /** Samples of each channel. */
  readonly blockSize: number;
  /** How the channels are coded: 0…7 each by itself, 8 left and side, 9 side and right, 10 mid and side. */
  readonly assignment: number;
}

/**
 * Length of the frame header at `at` (RFC 9639 §9.1), proven by its own checksum; 0 when there is none, −1 when the
 * bytes end before it can be told.
 */
export function flacHeaderLength(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== 0xff) return 0;
  if (at + 6 > bytes.length) return -1;
  const blockSize = bytes[at + 2] >> 4;
  const rate = bytes[at + 2] & 15;
  if ((bytes[at + 1] & 0xfe) !== 0xf8 || blockSize === 0 || rate === 15) return 0;
  if (bytes[at + 3] >> 4 > 10 || bytes[at + 3] & 1) return 0;
  const follow = numberBytes(bytes[at + 4]) - 1;
  if (follow < 0 || follow > 6) return 0;
  const length = 5 + follow + (blockSize === 6 ? 1 : blockSize === 7 ? 2 : 0) + (rate === 12 ? 1 : rate > 12 ? 2 : 0);
  if (at + length >= bytes.length) return -1;
  let crc = 0;
  for (let i = at; i < at + length; i++) crc = CRC8[crc ^ bytes[i]];
  return crc === bytes[at + length] ? length + 1 : 0;
}

/** Bytes of the number of a frame, by its first; 0 when it cannot be one. */
const numberBytes = (first: number): number => (first < 0x80 ? 1 : Math.clz32(~(first << 24)));

const RATES = [0, 88_200, 176_400, 192_000, 8000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000];
const DEPTHS = [0, 8, 12, 0, 16, 20, 24, 32];

/** What the frame at `at` says of itself; what it leaves to the stream is taken from `stream`. */
export function readFlacFrame(bytes: Uint8Array, at: number, stream: FlacFormat): FlacFrame | undefined {
  const headerBytes = flacHeaderLength(bytes, at);
  if (headerBytes <= 0) return undefined;
  const [sizeCode, rateCode, assignment] = [bytes[at + 2] >> 4, bytes[at + 2] & 15, bytes[at + 3] >> 4];
  let next = at + 4 + numberBytes(bytes[at + 4]);
  let blockSize = sizeCode === 1 ? 192 : sizeCode <= 5 ? 576 << (sizeCode - 2) : 256 << (sizeCode - 8);
  if (sizeCode === 6) blockSize = bytes[next++] + 1;
  else if (sizeCode === 7) {
    blockSize = ((bytes[next] << 8) | bytes[next + 1]) + 1;
    next += 2;
  }
  const short = (bytes[next] << 8) | bytes[next + 1];
  const written = rateCode === 12 ? bytes[next] * 1000 : rateCode === 13 ? short : short * 10;
  const depth = DEPTHS[(bytes[at + 3] >> 1) & 7];
  return {
    isExplicit: rateCode > 0 && depth > 0,
    headerBytes,
    blockSize,
    assignment,
    sampleRate: (rateCode < 12 ? RATES[rateCode] : written) || stream.sampleRate,
    channels: assignment < 8 ? assignment + 1 : 2,
    bits: depth || stream.bits,
  };
}

/** No frame is longer than its samples as they are; the difference of two channels takes one bit more. */
export const longestFlacFrame = ({ blockSize, bits, channels }: FlacFrame): number =>
  64 + channels * Math.ceil((blockSize * (bits + 1)) / 8 + 8);
