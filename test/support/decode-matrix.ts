import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';
import { createDescriptors, openAudio } from '../../src-main/analysis/audio';

const run = promisify(execFile);

/** What a decoder makes of a file. */
export interface Measured {
  readonly seconds: number;
  /** Integrated, LUFS; null when nothing is above −70. */
  readonly lufs: number | null;
}

export interface Ours extends Measured {
  readonly isIncomplete: boolean;
  readonly decodedBy: string;
}

/** By our decoders, as `nom analyze` does. Throws with a reason what cannot be decoded. */
export async function measureOurs(file: string, decoder: 'any' | 'builtin' = 'builtin'): Promise<Ours> {
  const audio = await openAudio(file, { decoder });
  const descriptors = createDescriptors(audio);
  let samples = 0;
  for await (const block of audio.blocks) {
    samples += block[0].length;
    descriptors.push(block);
  }
  const { loudnessLufs: lufs } = descriptors.finish();
  const { isTruncated: isIncomplete, decodedBy } = audio;
  return { seconds: samples / audio.sampleRate, lufs, isIncomplete, decodedBy };
}

/**
 * By FFmpeg and its `ebur128`; undefined where it gives nothing. With `scratch`, a folder, the stream is first written
 * out in the form of its beginning, as the filter begins anew where channels or rate change.
 */
export async function measureByFfmpeg(file: string, scratch?: string): Promise<Measured | undefined> {
  const options = { encoding: 'utf8', maxBuffer: 2 ** 26 } as const;
  const input = scratch ? join(scratch, 'by-ffmpeg.wav') : file;
  if (scratch) {
    const write = ['-nostdin', '-v', 'error', '-y', '-i', file, '-vn', '-c:a', 'pcm_f32le', input];
    await rm(input, { force: true });
    await run('ffmpeg', write, options).catch(() => undefined);
  }
  const measure = [
    '-nostdin',
    '-hide_banner',
    '-i',
    input,
    '-vn',
    '-af',
    'ebur128=framelog=verbose',
    '-f',
    'null',
    '-',
  ];
  const { stderr } = await run('ffmpeg', measure, options).catch(() => ({ stderr: '' }));
  const lufs = /I:\s+(-?[\d.]+) LUFS/.exec(stderr)?.[1];
  const time = [...stderr.matchAll(/time=(\d+):(\d+):([\d.]+)/g)].at(-1);
  if (!lufs || !time) return undefined;
  const seconds = Number(time[1]) * 3600 + Number(time[2]) * 60 + Number(time[3]);
  return { seconds, lufs: Number(lufs) <= -70 ? null : Number(lufs) };
}

/** How far two measures lie apart; the limits are a twentieth of a second and a tenth of a unit, and their rounding. */
export function differenceOf(ours: Measured, theirs: Measured) {
  const seconds = Math.abs(ours.seconds - theirs.seconds);
  const lu = ours.lufs === theirs.lufs ? 0 : Math.abs((ours.lufs ?? -70) - (theirs.lufs ?? -70));
  return { seconds, lu, isWithin: seconds <= 0.06 && lu <= 0.15 };
}

/** The formats' own decoders, asked where ours and FFmpeg differ: what writes a file as WAV. */
const OWN_DECODERS: Readonly<Record<string, (file: string, wav: string) => readonly [string, readonly string[]]>> = {
  '.flac': (file, wav) => ['flac', ['-d', '-F', '-s', '-f', '-o', wav, file]],
  '.wv': (file, wav) => ['wvunpack', ['-q', '-y', file, '-o', wav]],
  '.mpc': (file, wav) => ['mpcdec', [file, wav]],
  '.ogg': (file, wav) => ['oggdec', ['-Q', '-o', wav, file]],
  '.opus': (file, wav) => ['opusdec', ['--quiet', '--force-wav', file, wav]],
};

/** The name of the format's own decoder, where that is installed and finds what ours does. */
async function agreeing(ours: Measured, file: string, scratch: string): Promise<string | undefined> {
  const wav = join(scratch, 'by-its-own.wav');
  const [program, args] = OWN_DECODERS[extname(file).toLowerCase()]?.(file, wav) ?? [];
  if (!program || !args) return undefined;
  await rm(wav, { force: true });
  // It may end with a complaint, and have decoded all there is.
  await run(program, args, { timeout: 60_000 }).catch(() => undefined);
  const found = await measureByFfmpeg(wav);
  return found && differenceOf(ours, found).isWithin ? program : undefined;
}

/** Why the two may differ where neither is wrong. */
const REASONS: readonly (readonly [why: string, is: (file: string, ours: Measured, theirs: Measured) => boolean])[] = [
  [
    'FFmpeg plays the last frame of AAC to its end, beyond what the edit list says',
    (file, ours, theirs) =>
      /\.(m4a|m4b|mp4)$/i.test(file) && theirs.seconds > ours.seconds && theirs.seconds - ours.seconds <= 1024 / 8000,
  ],
  [
    'FFmpeg plays the last block of DSF to its end, beyond the samples that its head counts',
    (file, ours, theirs) =>
      /\.dsf$/i.test(file) && theirs.seconds > ours.seconds && theirs.seconds - ours.seconds < 0.1,
  ],
  [
    'a frame more or less at the ends of a few seconds',
    (file, ours, theirs) =>
      /\.(mp3|mp2|aac|m4a)$/i.test(file) &&
      theirs.seconds < 4 &&
      differenceOf(ours, theirs).seconds <= 3 * (1152 / 44_100) &&
      differenceOf(ours, theirs).lu <= 1,
  ],
];

/** What ours and FFmpeg make of one file. */
export interface Comparison {
  /** Undefined where one of them gives nothing. */
  readonly apart?: ReturnType<typeof differenceOf>;
  readonly isAlike: boolean;
  /** Why they may differ. */
  readonly reason?: string;
  readonly line: string;
}

/**
 * Compares the built-in decoders with FFmpeg; a file that is marked or refused is explained by what is said of it. FFmpeg
 * is asked again by way of a file where they differ at first: what it shows as time begins where the stream's does.
 */
export async function compareWithFfmpeg(file: string, scratch: string): Promise<Comparison> {
  const found = await measureOurs(file).catch((thrown: Error & { code?: string }) => thrown);
  const direct = await measureByFfmpeg(file);
  if (direct && !(found instanceof Error)) {
    const apart = differenceOf(found, direct);
    if (apart.isWithin) return { apart, isAlike: true, line: lineOf(found, direct) };
  }
  const theirs = await measureByFfmpeg(file, scratch);
  const line = lineOf(found, theirs);
  if (found instanceof Error) {
    const isReason = found.code !== undefined && found.code !== 'internal';
    const reason = isReason ? `refused: ${found.message}` : undefined;
    return { isAlike: !theirs && isReason, reason, line };
  }
  if (!theirs) return { isAlike: false, reason: 'FFmpeg gives nothing', line };
  const apart = differenceOf(found, theirs);
  if (apart.isWithin) return { apart, isAlike: true, line };
  const program = await agreeing(found, file, scratch);
  const known = REASONS.find(([, is]) => is(file, found, theirs))?.[0];
  const reason = program ? `${program} finds the same` : found.isIncomplete ? 'marked as incomplete' : known;
  return { apart, isAlike: false, reason, line: reason ? `${line} (${reason})` : line };
}

const lineOf = (ours: Measured | Error, theirs: Measured | undefined): string =>
  `${ours instanceof Error ? ours.message : shown(ours)}; FFmpeg: ${theirs ? shown(theirs) : 'nothing'}`;

const shown = ({ seconds, lufs }: Measured): string => `${seconds.toFixed(2)} s, ${lufs?.toFixed(1) ?? 'no'} LUFS`;
