import { SHARES_BEFORE_3990, SHARES_SINCE_3990 } from '../../../src-main/analysis/audio/codecs/ape/ape-residuals';

/** Writes numbers as parts of a range (the other direction of what `ape-residuals.ts` does). */
export interface RangeEncoder {
  /** Goes on within `width` of `parts` from `start`. */
  encode(start: number, width: number, parts: number): void;
  finish(): void;
}

const TOP = 2 ** 31;

/** The code goes to `out`, byte by byte. */
export function createRangeEncoder(out: number[]): RangeEncoder {
  let low = 0;
  let range = TOP;
  let pending = 0;
  let uncertain = 0;
  const put = (carry: 0 | 1): void => {
    out.push((pending + carry) & 255);
    for (; uncertain > 0; uncertain--) out.push(carry ? 0 : 255);
  };
  const normalize = (): void => {
    while (range <= 2 ** 23) {
      const upper = Math.floor(low / 2 ** 23);
      if (upper === 255) uncertain++;
      else {
        put(upper > 255 ? 1 : 0);
        pending = upper & 255;
      }
      low = (low * 256) % TOP;
      range *= 256;
    }
  };
  return {
    encode(start, width, parts) {
      normalize();
      const part = Math.floor(range / parts);
      low += part * start;
      range = part * width;
    },
    finish() {
      normalize();
      const upper = Math.floor(low / 2 ** 23) + 1;
      put(upper > 255 ? 1 : 0);
      out.push(upper & 255, 0, 0, 0);
    },
  };
}

const SHARES = 65_536;
const ESCAPE = 63;

/** Encodes the residuals of one channel with what its last ones were like. */
export function createValueEncoder(range: RangeEncoder, version: number): (value: number) => void {
  let sum = 2 ** 14;
  let k = 10;
  const symbol = (shares: Uint32Array, s: number): void => {
    range.encode(shares[s], shares[s + 1] - shares[s], SHARES);
  };
  const byBits = (value: number): void => {
    let bits = Math.max(0, k - 1);
    let upper = Math.floor(value / 2 ** bits);
    if (upper >= ESCAPE) {
      upper = ESCAPE;
      bits = 32 - Math.clz32(value);
      symbol(SHARES_BEFORE_3990, ESCAPE);
      range.encode(bits, 1, 32);
    } else symbol(SHARES_BEFORE_3990, upper);
    const lower = value % 2 ** bits;
    range.encode(lower % 2 ** 16, 1, 2 ** Math.min(bits, 16));
    if (bits > 16) range.encode(Math.floor(lower / 2 ** 16), 1, 2 ** (bits - 16));
  };
  const byMean = (value: number): void => {
    const mean = Math.max(1, Math.floor(sum / 32));
    const times = Math.floor(value / mean);
    symbol(SHARES_SINCE_3990, Math.min(times, ESCAPE));
    if (times >= ESCAPE) {
      range.encode(times >>> 16, 1, 2 ** 16);
      range.encode(times & 0xffff, 1, 2 ** 16);
    }
    const rest = value % mean;
    if (mean < 2 ** 16) range.encode(rest, 1, mean);
    else {
      const step = 2 ** (16 - Math.clz32(mean));
      range.encode(Math.floor(rest / step), 1, Math.floor(mean / step) + 1);
      range.encode(rest % step, 1, step);
    }
  };
  return (signed) => {
    const value = signed > 0 ? signed * 2 - 1 : -signed * 2;
    if (version >= 3990) byMean(value);
    else byBits(value);
    sum += Math.floor((value + 1) / 2) - Math.floor((sum + 16) / 32);
    if (k > 0 && sum < 2 ** (k + 4)) k--;
    else if (sum >= 2 ** (k + 5)) k++;
  };
}
