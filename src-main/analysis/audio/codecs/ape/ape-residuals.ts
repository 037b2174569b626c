/** A range decoder (G. N. N. Martin's, as written down by M. Schindler): 32 bits, a byte at a time. */
interface RangeDecoder {
  readonly bytes: Uint8Array;
  at: number;
  lastByte: number;
  /** Where in the range the code lies, and how wide the range is; kept unboxed, they change with each symbol. */
  readonly state: Uint32Array;
  /** There are no more bytes. */
  isOver: boolean;
  /** No encoder writes what was read. */
  isNonsense: boolean;
}

const LOW = 0;
const RANGE = 1;
const NARROWEST = 2 ** 23;

/** The first byte carries nothing: the encoder writes it for the sake of its own speed. */
function startRange(bytes: Uint8Array, at: number): RangeDecoder {
  const isOver = at + 2 > bytes.length;
  const lastByte = isOver ? 0 : bytes[at + 1];
  return { bytes, at: at + 2, lastByte, state: Uint32Array.of(lastByte >>> 1, 128), isOver, isNonsense: false };
}

/** Cuts the range into so many equal parts and tells in which of them the code lies. */
function part(decoder: RangeDecoder, parts: number): number {
  const { state, bytes } = decoder;
  let low = state[LOW];
  let range = state[RANGE];
  while (range <= NARROWEST) {
    if (decoder.at >= bytes.length) {
      decoder.isOver = true;
      return 0;
    }
    const byte = bytes[decoder.at++];
    low = ((low << 8) | ((decoder.lastByte << 7) & 0x80) | (byte >>> 1)) >>> 0;
    decoder.lastByte = byte;
    range *= 256;
  }
  range = Math.floor(range / parts);
  state[LOW] = low;
  state[RANGE] = range;
  return Math.floor(low / range);
}

/** Goes on within `width` parts from `start`. */
function narrow({ state }: RangeDecoder, start: number, width: number): void {
  state[LOW] -= state[RANGE] * start;
  state[RANGE] *= width;
}

/** A number below `limit` (at most 2^16), all of them being as likely. */
function evenly(decoder: RangeDecoder, limit: number): number {
  const value = part(decoder, limit);
  narrow(decoder, value, 1);
  return value;
}

const SYMBOLS = 64;
const ESCAPE = SYMBOLS - 1;
const SHARES = 65_536;

/** Where each symbol's share begins; the rarer ones, not written down here, have one each. */
function sharesOf(...common: number[]): Uint32Array {
  return Uint32Array.from({ length: SYMBOLS + 1 }, (_, i) => common[i] ?? SHARES - SYMBOLS + i);
}
export const SHARES_BEFORE_3990 = sharesOf(
  ...[0, 14824, 28224, 39348, 47855, 53994, 58171, 60926, 62682, 63786, 64463],
  ...[64878, 65126, 65276, 65365, 65419, 65450, 65469, 65480, 65487, 65491],
);
export const SHARES_SINCE_3990 = sharesOf(
  ...[0, 19578, 36160, 48417, 56323, 60899, 63265, 64435, 64971, 65232, 65351],
  ...[65416, 65447, 65466, 65476, 65482, 65485, 65488, 65490, 65491, 65492],
);

function symbol(decoder: RangeDecoder, shares: Uint32Array): number {
  const share = part(decoder, SHARES);
  if (share >= SHARES) {
    decoder.isNonsense = true;
    return 0;
  }
  let found = 0;
  while (share >= shares[found + 1]) found++;
  narrow(decoder, shares[found], shares[found + 1] - shares[found]);
  return found;
}

/** How large a channel's values have been of late: 16 times their running mean, and its logarithm. */
interface Magnitude {
  sum: number;
  bits: number;
}
const startMagnitude = (): Magnitude => ({ sum: 2 ** 14, bits: 10 });

function adapt(magnitude: Magnitude, value: number): void {
  const sum = (magnitude.sum + ((value + 1) >>> 1) - ((magnitude.sum + 16) >>> 5)) >>> 0;
  magnitude.sum = sum;
  const { bits } = magnitude;
  if (bits > 0 && sum < 2 ** (bits + 4)) magnitude.bits--;
  else if (sum >= 2 ** (bits + 5)) magnitude.bits++;
}

/** Versions 3.95 to 3.98: a symbol for the upper bits, then as many lower bits as the last values had. */
function valueByBits(decoder: RangeDecoder, magnitude: Magnitude): number {
  let upper = symbol(decoder, SHARES_BEFORE_3990);
  let bits = Math.max(0, magnitude.bits - 1);
  if (upper === ESCAPE) {
    bits = evenly(decoder, 32);
    upper = 0;
  }
  let lower = evenly(decoder, 2 ** Math.min(bits, 16));
  if (bits > 16) lower += evenly(decoder, 2 ** (bits - 16)) * 2 ** 16;
  return upper * 2 ** bits + lower;
}

/** Since 3.99: how many times the mean goes into the value, then what is left. */
function valueByMean(decoder: RangeDecoder, magnitude: Magnitude): number {
  const mean = Math.max(1, magnitude.sum >>> 5);
  let times = symbol(decoder, SHARES_SINCE_3990);
  if (times === ESCAPE) {
    times = evenly(decoder, 2 ** 16) * 2 ** 16;
    times += evenly(decoder, 2 ** 16);
  }
  if (mean < 2 ** 16) return times * mean + evenly(decoder, mean);
  const step = 2 ** (16 - Math.clz32(mean));
  const coarse = evenly(decoder, Math.floor(mean / step) + 1);
  return times * mean + coarse * step + evenly(decoder, step);
}

const MAX_VALUE = 2 ** 31 - 1;

/**
 * Decodes what the predictors left over of one frame into `channels`, the side channel (if any) before the mid
 * channel, both in turn.
 *
 * @param bytes of the frame, in their right order; decoding begins at `at`
 * @returns how many values of each channel there are: fewer than `blocks` when the bytes end before, none when they
 *   make no sense
 */
export function decodeResiduals(
  frame: { bytes: Uint8Array; at: number; blocks: number },
  version: number,
  channels: readonly Int32Array[],
): number {
  const decoder = startRange(frame.bytes, frame.at);
  const next = version >= 3990 ? valueByMean : valueByBits;
  const magnitudes = channels.map(startMagnitude);
  for (let i = 0; i < frame.blocks; i++) {
    for (let c = 0; c < channels.length; c++) {
      const value = next(decoder, magnitudes[c]);
      if (decoder.isNonsense || value > MAX_VALUE) return 0;
      if (decoder.isOver) return i;
      adapt(magnitudes[c], value);
      channels[c][i] = value & 1 ? (value >>> 1) + 1 : -(value >>> 1);
    }
  }
  return frame.blocks;
}
