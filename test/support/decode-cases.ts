import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface DecodeCase {
  /** The name of the file, which says what is in it. */
  readonly name: string;
  /** Arguments of FFmpeg behind its input. */
  readonly args: readonly string[];
  readonly layout: string;
  readonly rate: number;
}

/** Channels as FFmpeg names them, each of which gets another tone and level. */
const LAYOUTS = ['mono', 'stereo', '2.1', '3.0', '4.0', 'quad', '3.1', '5.0', '5.1', '5.1(side)', '6.1', '7.1'];
const RATES = [8000, 11_025, 22_050, 44_100, 48_000, 96_000, 192_000];

const CODECS: readonly (readonly [extension: string, args: readonly string[], layouts: readonly string[]])[] = [
  ['flac', ['-c:a', 'flac', '-sample_fmt', 's16'], LAYOUTS],
  ['wav', ['-c:a', 'pcm_s24le'], LAYOUTS],
  ['wv', ['-c:a', 'wavpack'], LAYOUTS],
  ['m4a', ['-c:a', 'alac'], ['mono', 'stereo', '3.0', '4.0', '5.0', '5.1']],
  ['aac.m4a', ['-c:a', 'aac', '-b:a', '256k'], ['mono', 'stereo', '3.0', '4.0', '5.0', '5.1']],
  ['ogg', ['-c:a', 'libvorbis', '-q:a', '7'], ['mono', 'stereo', '3.0', 'quad', '5.0', '5.1', '6.1', '7.1']],
  ['opus', ['-c:a', 'libopus', '-mapping_family', '1'], ['mono', 'stereo', '3.0', 'quad', '5.0', '5.1', '7.1']],
];
const DEPTHS: readonly (readonly [name: string, args: readonly string[]])[] = [
  ['u8.wav', ['-c:a', 'pcm_u8']],
  ['s16.wav', ['-c:a', 'pcm_s16le']],
  ['s32.wav', ['-c:a', 'pcm_s32le']],
  ['f32.wav', ['-c:a', 'pcm_f32le']],
  ['f64.wav', ['-c:a', 'pcm_f64le']],
  ['rf64.wav', ['-rf64', 'always']],
  ['s8.aiff', ['-c:a', 'pcm_s8']],
  ['s24.aiff', ['-c:a', 'pcm_s24be']],
  ['sowt.aifc', ['-c:a', 'pcm_s16le', '-f', 'aiff']],
  ['f64.aifc', ['-c:a', 'pcm_f64be', '-f', 'aiff']],
  ['s24.flac', ['-c:a', 'flac', '-sample_fmt', 's32']],
  ['s24.oga', ['-c:a', 'flac', '-sample_fmt', 's32', '-f', 'ogg']],
  ['u8.wv', ['-c:a', 'wavpack', '-sample_fmt', 'u8p']],
  ['s32.wv', ['-c:a', 'wavpack', '-sample_fmt', 's32p']],
  ['f32.wv', ['-c:a', 'wavpack', '-sample_fmt', 'fltp']],
  ['s24.m4a', ['-c:a', 'alac', '-sample_fmt', 's32p']],
  ['fragments.m4a', ['-c:a', 'aac', '-movflags', 'frag_keyframe+faststart', '-frag_duration', '2000000']],
  ['empty-moov.m4a', ['-c:a', 'alac', '-movflags', 'frag_keyframe+empty_moov', '-frag_duration', '2000000']],
  ['flac.mp4', ['-c:a', 'flac', '-strict', '-2']],
  ['opus.mp4', ['-c:a', 'libopus']],
  ['s24.mov', ['-c:a', 'pcm_s24le']],
  ['adts.aac', ['-c:a', 'aac']],
  ['cbr.mp3', ['-c:a', 'libmp3lame', '-b:a', '192k']],
  ['two.mp2', ['-c:a', 'mp2']],
  ['v2.wma', ['-c:a', 'wmav2']],
];

const named = (extension: string, layout: string, rate: number): string =>
  `${layout.replace(/\W/g, '_')}-${rate}.${extension}`;

/** Every lossless depth, every layout and every rate that FFmpeg can write. */
export const ALL_CASES: readonly DecodeCase[] = [
  ...CODECS.flatMap(([extension, args, layouts]) =>
    layouts.map((layout) => ({ name: named(extension, layout, 48_000), args, layout, rate: 48_000 })),
  ),
  ...DEPTHS.map(([name, args]) => ({ name, args, layout: 'stereo', rate: name.includes('opus') ? 48_000 : 44_100 })),
  ...RATES.flatMap((rate) =>
    CODECS.slice(0, 3).map(([extension, args]) => ({
      ...{ name: named(extension, 'stereo', rate), args, layout: 'stereo', rate },
    })),
  ),
];

const CHANNELS: Record<string, number> = {
  ...{ mono: 1, stereo: 2, '2.1': 3, '3.0': 3, '4.0': 4, quad: 4, '3.1': 4, '5.0': 5 },
  ...{ '5.1': 6, '5.1(side)': 6, '6.1': 7, '7.1': 8 },
};

/** Makes the file of a case; undefined where this FFmpeg cannot. */
export function makeCase(folder: string, { name, args, layout, rate }: DecodeCase, seconds = 4): string | undefined {
  const file = join(folder, name);
  const tones = Array.from({ length: CHANNELS[layout] }, (_, i) => `${0.3 / (i + 1)}*sin(2*PI*${200 + 110 * i}*t)`);
  const source = `aevalsrc=exprs=${tones.join('|')}:channel_layout=${layout}:s=${rate}:d=${seconds}`;
  try {
    const made = ['-v', 'error', '-y', '-f', 'lavfi', '-i', source, ...args, file];
    execFileSync('ffmpeg', made, { stdio: 'ignore' });
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
