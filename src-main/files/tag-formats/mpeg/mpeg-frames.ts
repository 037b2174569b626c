import type { Source } from '../../safe-files';

const SEARCHED = 128 * 1024;
const WANTED = 3;

/** Whether the bytes are a stream of MPEG audio or ADTS frames: some in a row, or as many as there are till the end. */
export async function findFrames(
  source: Source,
  range: { offset: number; length: number },
): Promise<'mp3' | 'aac' | undefined> {
  const bytes = await source.read(range.offset, Math.min(range.length, SEARCHED));
  const isAll = bytes.length === range.length;
  for (let at = bytes.indexOf(0xff); at >= 0 && at + 7 <= bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    for (const [kind, length] of [
      ['mp3', mpegLength],
      ['aac', adtsLength],
    ] as const) {
      if (areInARow(bytes, at, length, isAll)) return kind;
    }
  }
  return undefined;
}

function areInARow(
  bytes: Buffer,
  start: number,
  lengthAt: (bytes: Buffer, at: number) => number,
  isAll: boolean,
): boolean {
  let at = start;
  for (let found = 0; found < WANTED; found++) {
    if (found > 0 && at + 7 > bytes.length) return isAll && at === bytes.length;
    const length = lengthAt(bytes, at);
    if (length === 0) return false;
    at += length;
  }
  return true;
}

const V1 = [
  [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
];
const V2 = [
  [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
];
const RATES = [44_100, 48_000, 32_000];

/** Bytes of the MPEG audio frame here, 0 when there is none. ISO/IEC 11172-3 and 13818-3. */
function mpegLength(bytes: Buffer, at: number): number {
  const [first, second, third] = [bytes[at], bytes[at + 1], bytes[at + 2]];
  if (first !== 0xff || (second & 0xe0) !== 0xe0) return 0;
  const version = (second >> 3) & 3; // 3 is MPEG-1, 2 is MPEG-2, 0 is MPEG-2.5
  const layer = 4 - ((second >> 1) & 3);
  const rateIndex = (third >> 2) & 3;
  if (version === 1 || layer === 4 || rateIndex === 3) return 0;
  const kbps = (version === 3 ? V1 : V2)[layer - 1][third >> 4];
  if (!kbps) return 0;
  const rate = RATES[rateIndex] / (version === 3 ? 1 : version === 2 ? 2 : 4);
  const padding = (third >> 1) & 1;
  if (layer === 1) return (Math.floor((12_000 * kbps) / rate) + padding) * 4;
  const samples = layer === 3 && version !== 3 ? 72_000 : 144_000;
  return Math.floor((samples * kbps) / rate) + padding;
}

/** Bytes of the ADTS frame here, 0 when there is none. ISO/IEC 14496-3. */
function adtsLength(bytes: Buffer, at: number): number {
  if (bytes[at] !== 0xff || (bytes[at + 1] & 0xf6) !== 0xf0 || ((bytes[at + 2] >> 2) & 15) > 12) return 0;
  const length = ((bytes[at + 3] & 3) << 11) | (bytes[at + 4] << 3) | (bytes[at + 5] >> 5);
  return length > 7 ? length : 0;
}
