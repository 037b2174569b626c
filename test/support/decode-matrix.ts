import { execFile } from 'node:child_process';
import { join } from 'node:path';
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

/** By FFmpeg and its `ebur128`, the whole stream in the form of its beginning; undefined where it gives nothing. */
export async function measureByFfmpeg(file: string, scratch: string): Promise<Measured | undefined> {
  const wav = join(scratch, 'by-ffmpeg.wav');
  const options = { encoding: 'utf8', maxBuffer: 2 ** 26 } as const;
  await run('ffmpeg', ['-nostdin', '-v', 'error', '-y', '-i', file, '-vn', '-c:a', 'pcm_f32le', wav], options).catch(
    () => undefined,
  );
  const measure = ['-nostdin', '-hide_banner', '-i', wav, '-af', 'ebur128=framelog=verbose', '-f', 'null', '-'];
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
