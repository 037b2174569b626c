import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface DecodeCase {
  /** The name of the file, which says what is in it. */
  readonly name: string;
  readonly codec: string;
  /** Bits of a sample, with `f` where they are of floating point; or how it is coded otherwise. */
  readonly depth: string;
  readonly layout: string;
  readonly rate: number;
  /** Arguments of FFmpeg behind its input; a WAV file when another program is the encoder. */
  readonly args: readonly string[];
  readonly encoder?: Encoder;
}

/** Called with a WAV file and the file to make. */
type Encoder = (wav: string, file: string) => readonly [program: string, args: readonly string[]];

interface Format {
  readonly extension: string;
  readonly args: readonly string[];
  readonly encoder?: Encoder;
  readonly layouts: readonly string[];
  readonly rates: readonly number[];
}

/** Channels as FFmpeg names them, each of which gets another tone and level. */
const LAYOUTS = ['mono', 'stereo', '2.1', '3.0', '4.0', 'quad', '3.1', '5.0', '5.1', '5.1(side)', '6.1', '7.1'];
const APPLE = ['mono', 'stereo', '3.0', '4.0', '5.0', '5.1'];
const XIPH = ['mono', 'stereo', '3.0', 'quad', '5.0', '5.1', '7.1'];
const FEW = ['mono', 'stereo'];
const RATES = [8000, 11_025, 16_000, 22_050, 32_000, 44_100, 48_000, 88_200, 96_000, 176_400, 192_000];
const upTo = (most: number, least = 0) => RATES.filter((rate) => rate >= least && rate <= most);

const format = (
  extension: string,
  args: string,
  layouts: readonly string[] = LAYOUTS,
  rates: readonly number[] = RATES,
): Format => ({ extension, args: args.split(' '), layouts, rates });
const once = (extension: string, args: string, rate = 44_100) => format(extension, args, ['stereo'], [rate]);

/** Codec → depth → how FFmpeg makes it, in which layouts and rates. */
const FORMATS: Readonly<Record<string, Readonly<Record<string, Format>>>> = {
  FLAC: {
    16: format('flac', '-c:a flac -sample_fmt s16'),
    24: format('flac', '-c:a flac -sample_fmt s32'),
    '24 in Ogg': format('oga', '-c:a flac -sample_fmt s32 -f ogg', FEW),
    '16 in MP4': once('mp4', '-c:a flac -strict -2'),
  },
  WAV: {
    8: format('wav', '-c:a pcm_u8'),
    16: format('wav', '-c:a pcm_s16le'),
    24: format('wav', '-c:a pcm_s24le'),
    32: format('wav', '-c:a pcm_s32le'),
    '32f': format('wav', '-c:a pcm_f32le'),
    '64f': format('wav', '-c:a pcm_f64le'),
    '16 in RF64': once('wav', '-rf64 always'),
  },
  AIFF: {
    8: format('aiff', '-c:a pcm_s8', FEW),
    16: format('aiff', '-c:a pcm_s16be', FEW),
    24: format('aiff', '-c:a pcm_s24be', FEW),
    '16, low byte first': format('aifc', '-c:a pcm_s16le -f aiff', FEW),
    '64f': format('aifc', '-c:a pcm_f64be -f aiff', FEW),
  },
  WavPack: {
    // In FFmpeg's own of 8 bits libwavpack finds each block's checksum wrong.
    8: { ...format('wv', '-c:a pcm_u8'), encoder: (wav, file) => ['wavpack', ['-q', '-y', wav, '-o', file]] },
    16: format('wv', '-c:a wavpack -sample_fmt s16p'),
    32: format('wv', '-c:a wavpack -sample_fmt s32p'),
    '32f': format('wv', '-c:a wavpack -sample_fmt fltp'),
  },
  ALAC: {
    16: format('m4a', '-c:a alac -sample_fmt s16p', APPLE),
    24: format('m4a', '-c:a alac -sample_fmt s32p', APPLE),
    '16 in fragments': once('m4a', '-c:a alac -movflags frag_keyframe+empty_moov -frag_duration 500000'),
  },
  QuickTime: { 24: once('mov', '-c:a pcm_s24le') },
  AAC: {
    'in MP4': format('m4a', '-c:a aac -b:a 256k', APPLE, upTo(96_000)),
    'in ADTS': format('aac', '-c:a aac', ['mono', 'stereo', '5.1'], upTo(96_000)),
    'in fragments': once('m4a', '-c:a aac -movflags frag_keyframe+faststart -frag_duration 500000'),
  },
  MP3: { 'one bitrate': format('mp3', '-c:a libmp3lame -b:a 64k', FEW, upTo(48_000)) },
  MP2: { 'one bitrate': format('mp2', '-c:a mp2', FEW, upTo(48_000, 16_000)) },
  Vorbis: { 'in Ogg': format('ogg', '-c:a libvorbis -q:a 7', [...XIPH, '6.1']) },
  Opus: {
    'in Ogg': format('opus', '-c:a libopus -mapping_family 1', XIPH, [8000, 16_000, 48_000]),
    'in MP4': once('mp4', '-c:a libopus', 48_000),
  },
  WMA: {
    'version 1': format('wma', '-c:a wmav1', FEW, upTo(48_000)),
    'version 2': format('wma', '-c:a wmav2', FEW, upTo(48_000)),
  },
};

/** Every layout at one rate, and every rate in stereo: neither has anything to do with the other. */
function shapesOf({ layouts, rates }: Format): { layout: string; rate: number }[] {
  const usual = rates.includes(48_000) ? 48_000 : rates[0];
  return [
    ...layouts.map((layout) => ({ layout, rate: usual })),
    ...rates.filter((rate) => rate !== usual).map((rate) => ({ layout: 'stereo', rate })),
  ];
}

/** Every codec and depth that FFmpeg can write, in every layout and at every rate. */
export const ALL_CASES: readonly DecodeCase[] = Object.entries(FORMATS).flatMap(([codec, depths]) =>
  Object.entries(depths).flatMap(([depth, format]) =>
    shapesOf(format).map(({ layout, rate }) => {
      const name = nameOf([codec, depth, layout, rate], format.extension);
      return { name, codec, depth, layout, rate, args: format.args, encoder: format.encoder };
    }),
  ),
);

function nameOf(parts: readonly (string | number)[], extension: string): string {
  return `${parts.join(' ').replace(/[^\w.]+/g, '-')}.${extension}`;
}

const CHANNELS: Record<string, number> = {
  ...{ mono: 1, stereo: 2, '2.1': 3, '3.0': 3, '4.0': 4, quad: 4, '3.1': 4, '5.0': 5 },
  ...{ '5.1': 6, '5.1(side)': 6, '6.1': 7, '7.1': 8 },
};

/** Makes the file of a case; undefined where this FFmpeg cannot, or the encoder is not installed. */
export function makeCase(
  folder: string,
  { name, args, layout, rate, encoder }: Omit<DecodeCase, 'codec' | 'depth'>,
  seconds = 4,
): string | undefined {
  const file = join(folder, name);
  const tones = Array.from({ length: CHANNELS[layout] }, (_, i) => `${0.3 / (i + 1)}*sin(2*PI*${200 + 110 * i}*t)`);
  const source = `aevalsrc=exprs=${tones.join('|')}:channel_layout=${layout}:s=${rate}:d=${seconds}`;
  try {
    const target = encoder ? join(folder, 'to-encode.wav') : file;
    execFileSync('ffmpeg', ['-v', 'error', '-y', '-f', 'lavfi', '-i', source, ...args, target], { stdio: 'ignore' });
    if (encoder) execFileSync(...encoder(target, file), { stdio: 'ignore' });
    return file;
  } catch {
    return undefined;
  }
}

/** One file behind the other, as recorders and careless copies leave them. */
export function join2(folder: string, name: string, parts: readonly string[]): string {
  const file = join(folder, name);
  writeFileSync(file, Buffer.concat(parts.map((part) => readFileSync(part))));
  return file;
}
