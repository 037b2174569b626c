/** What the header of a frame says. */
export interface FrameHeader {
  /** Bytes of the whole frame. */
  readonly length: number;
  readonly sampleRate: number;
  readonly channels: number;
  /** Of one channel. */
  readonly samples: number;
}

/** A frame of MPEG audio. */
export interface MpegFrame extends FrameHeader {
  readonly layer: number;
  /** Bits per second. */
  readonly bitrate: number;
  /** Where, from the beginning of the frame, its side information ends, and a Xing header may begin. */
  readonly sideInfoEnd: number;
}

const MPEG_RATES = [[11_025, 12_000, 8000], [], [22_050, 24_000, 16_000], [44_100, 48_000, 32_000]];
const V1_L1 = [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448];
const V1_L2 = [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384];
const V1_L3 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
const V2_L1 = [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256];
const V2_L23 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
const HEADER_BYTES = 4;

/** The MPEG audio frame header at `at` (ISO/IEC 11172-3 §2.4.1.3, 13818-3 §2.4.2.3); undefined when there is none. */
export function mpegFrame(bytes: Uint8Array, at: number): MpegFrame | undefined {
  if (at + HEADER_BYTES > bytes.length || bytes[at] !== 0xff || (bytes[at + 1] & 0xe0) !== 0xe0) return undefined;
  const version = (bytes[at + 1] >> 3) & 3;
  const layer = 4 - ((bytes[at + 1] >> 1) & 3);
  const sampleRate = MPEG_RATES[version][(bytes[at + 2] >> 2) & 3];
  const bitrateIndex = bytes[at + 2] >> 4;
  if (version === 1 || layer === 4 || !sampleRate || bitrateIndex === 0 || bitrateIndex === 15) return undefined;
  const isV1 = version === 3;
  const table = isV1 ? [V1_L1, V1_L2, V1_L3][layer - 1] : layer === 1 ? V2_L1 : V2_L23;
  const bitrate = table[bitrateIndex] * 1000;
  const padding = (bytes[at + 2] >> 1) & 1;
  const samples = layer === 1 ? 384 : layer === 3 && !isV1 ? 576 : 1152;
  const length =
    layer === 1
      ? (Math.floor((12 * bitrate) / sampleRate) + padding) * 4
      : Math.floor(((samples / 8) * bitrate) / sampleRate) + padding;
  const channels = bytes[at + 3] >> 6 === 3 ? 1 : 2;
  const sideInfo = isV1 ? (channels === 1 ? 17 : 32) : channels === 1 ? 9 : 17;
  return { length, sampleRate, channels, samples, layer, bitrate, sideInfoEnd: HEADER_BYTES + sideInfo };
}

export const mpegFrameLength = (bytes: Uint8Array, at: number): number => mpegFrame(bytes, at)?.length ?? 0;

/** Sample rates by their index in an ADTS header or an AudioSpecificConfig (ISO/IEC 14496-3, table 1.18). */
export const AAC_RATES = [
  ...[96_000, 88_200, 64_000, 48_000, 44_100, 32_000],
  ...[24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350],
];
const ADTS_HEADER_BYTES = 7;

/** The ADTS frame header at `at` (ISO/IEC 13818-7 §6.2); undefined when there is none. */
export function adtsFrame(bytes: Uint8Array, at: number): FrameHeader | undefined {
  if (at + ADTS_HEADER_BYTES > bytes.length || bytes[at] !== 0xff || (bytes[at + 1] & 0xf6) !== 0xf0) return undefined;
  const sampleRate = AAC_RATES[(bytes[at + 2] >> 2) & 15];
  const length = ((bytes[at + 3] & 3) << 11) | (bytes[at + 4] << 3) | (bytes[at + 5] >> 5);
  if (!sampleRate || length < ADTS_HEADER_BYTES) return undefined;
  const configuration = ((bytes[at + 2] & 1) << 2) | (bytes[at + 3] >> 6);
  const channels = configuration === 7 ? 8 : configuration;
  return { length, sampleRate, channels, samples: 1024 * ((bytes[at + 6] & 3) + 1) };
}

export const adtsFrameLength = (bytes: Uint8Array, at: number): number => adtsFrame(bytes, at)?.length ?? 0;
