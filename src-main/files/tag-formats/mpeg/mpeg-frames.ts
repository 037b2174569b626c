import type { Source } from '../../safe-files';

/** Bytes that are held at once while the first frame is looked for, and how far it is looked for. */
const PIECE = 128 * 1024;
const SEARCHED = 2 * 1024 * 1024;
/** So many bytes of a frame are looked at. */
const HEADER = 7;
const WANTED = 3;

export type FrameKind = 'mp3' | 'aac';

/** Whether the bytes are a stream of MPEG audio or ADTS frames: some in a row, or as many as there are till the end. */
export async function findFrames(
  source: Source,
  range: { offset: number; length: number },
): Promise<FrameKind | undefined> {
  return (await findFirstFrame(source, range))?.kind;
}

/** Where such a stream begins, and which kind it is. */
export async function findFirstFrame(
  source: Source,
  range: { offset: number; length: number },
): Promise<{ kind: FrameKind; offset: number } | undefined> {
  const end = range.offset + range.length;
  for (let from = range.offset; from < Math.min(end, range.offset + SEARCHED); from += PIECE) {
    // Frames in a row may reach into the next piece.
    const bytes = await source.read(from, Math.min(end - from, PIECE + 16 * 1024));
    const found = firstIn(bytes, from + bytes.length >= end);
    if (found && found.at < PIECE) return { kind: found.kind, offset: from + found.at };
  }
  return undefined;
}

function firstIn(bytes: Buffer, isAll: boolean): { kind: FrameKind; at: number } | undefined {
  for (let at = bytes.indexOf(0xff); at >= 0 && at + HEADER <= bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    for (const [kind, length] of [
      ['mp3', mpegLength],
      ['aac', adtsLength],
    ] as const) {
      if (areInARow(bytes, at, length, isAll)) return { kind, at };
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
    if (found > 0 && at + HEADER > bytes.length) return isAll && at === bytes.length;
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

/** What the header of one frame says. */
export interface FrameFacts {
  /** Bytes of the whole frame. */
  readonly length: number;
  /** Of one channel. */
  readonly samples: number;
  readonly sampleRate: number;
  readonly channels: number;
  /** Bits per second; 0 in ADTS, whose frames differ. */
  readonly bitrate: number;
  /** Where, from the beginning of a frame of MPEG audio, a Xing header would stand. */
  readonly sideInfoEnd: number;
}

/** The frame of that kind here; undefined when there is none. */
export function frameAt(bytes: Buffer, at: number, kind: FrameKind): FrameFacts | undefined {
  if (at + HEADER > bytes.length) return undefined;
  return kind === 'mp3' ? mpegFrame(bytes, at) : adtsFrame(bytes, at);
}

const mpegLength = (bytes: Buffer, at: number): number => mpegFrame(bytes, at)?.length ?? 0;

/** ISO/IEC 11172-3 and 13818-3. */
function mpegFrame(bytes: Buffer, at: number): FrameFacts | undefined {
  const [first, second, third] = [bytes[at], bytes[at + 1], bytes[at + 2]];
  if (first !== 0xff || (second & 0xe0) !== 0xe0) return undefined;
  const version = (second >> 3) & 3; // 3 is MPEG-1, 2 is MPEG-2, 0 is MPEG-2.5
  const layer = 4 - ((second >> 1) & 3);
  const rateIndex = (third >> 2) & 3;
  if (version === 1 || layer === 4 || rateIndex === 3) return undefined;
  const kbps = (version === 3 ? V1 : V2)[layer - 1][third >> 4];
  if (!kbps) return undefined;
  const sampleRate = RATES[rateIndex] / (version === 3 ? 1 : version === 2 ? 2 : 4);
  const padding = (third >> 1) & 1;
  const samples = layer === 1 ? 384 : layer === 3 && version !== 3 ? 576 : 1152;
  const length =
    layer === 1
      ? (Math.floor((12_000 * kbps) / sampleRate) + padding) * 4
      : Math.floor((samples * 125 * kbps) / sampleRate) + padding;
  const channels = bytes[at + 3] >> 6 === 3 ? 1 : 2;
  const sideInfo = version === 3 ? (channels === 1 ? 17 : 32) : channels === 1 ? 9 : 17;
  return { length, samples, sampleRate, channels, bitrate: kbps * 1000, sideInfoEnd: 4 + sideInfo };
}

const ADTS_RATES = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350];

/** Bytes of the ADTS frame here, 0 when there is none. ISO/IEC 14496-3. */
function adtsLength(bytes: Buffer, at: number): number {
  if (bytes[at] !== 0xff || (bytes[at + 1] & 0xf6) !== 0xf0 || ((bytes[at + 2] >> 2) & 15) > 12) return 0;
  const length = ((bytes[at + 3] & 3) << 11) | (bytes[at + 4] << 3) | (bytes[at + 5] >> 5);
  return length > 7 ? length : 0;
}

function adtsFrame(bytes: Buffer, at: number): FrameFacts | undefined {
  const length = adtsLength(bytes, at);
  if (length === 0) return undefined;
  const sampleRate = ADTS_RATES[(bytes[at + 2] >> 2) & 15];
  const channels = ((bytes[at + 2] & 1) << 2) | (bytes[at + 3] >> 6);
  const samples = 1024 * ((bytes[at + 6] & 3) + 1);
  return { length, samples, sampleRate, channels: channels === 7 ? 8 : channels, bitrate: 0, sideInfoEnd: 0 };
}
