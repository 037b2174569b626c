import { AppError } from '../../../rpc';
import {
  createDescriptors,
  createMelFrontEnd,
  createResampler,
  downMix,
  type Ffmpeg,
  type MelFrontEnd,
  type MelKind,
  openAudio,
} from '../../audio';
import type { Analysis, HeadScores, LoadedBackbone, LoadedModels, Preset } from '../session';
import { createPatchAnalyzer, type PatchResults } from './patch-analyzer';

const SAMPLE_RATE = 16_000;
/** A few bytes can hold hundreds of hours of silence; nobody's track lasts longer than a day. */
const MAX_DURATION_S = 24 * 3600;
/** Share of the progress that is decoding where the models are asked only at the end. */
const FAST_DECODING = 0.5;

export interface AnalyzeOptions {
  readonly preset: Preset;
  /** Also tell loudness, tempo and key. */
  readonly descriptors: boolean;
  /** Shorter files are refused with `too_short`. */
  readonly minDurationS: number;
  /** What the file's header or tags say; only the progress depends on it. */
  readonly expectedDurationS?: number | null;
  /** The decoders to take; `any`, the default, begins with ours and goes on with FFmpeg where that is needed. */
  readonly decoder?: 'any' | 'builtin' | 'ffmpeg';
  readonly ffmpeg?: Ffmpeg;
  /** What others made of the file: where FFmpeg decodes no more of it than that, it is `unreadable_audio`. */
  readonly afterS?: number;
}

export interface AnalysisOptions extends AnalyzeOptions {
  readonly models: LoadedModels;
  /** Stored with the result. */
  readonly version: string;
  readonly signal?: AbortSignal;
  /** 0…1; called for every block, so the caller thins it out. */
  readonly onProgress?: (fraction: number) => void;
}

/**
 * Analyzes one file from beginning to end: decode → mono at 16 kHz → mel bands → patches → embeddings → heads → one
 * answer for the track. Samples are streamed; what grows with the length of the file is four bytes for each activation.
 *
 * Throws `too_short`, what the decoder throws (`unreadable_audio`, `unsupported_file` …), and the signal's reason.
 */
export async function analyzeFile(file: string, options: AnalysisOptions): Promise<Analysis> {
  const { decoder = 'any', afterS } = options;
  if (decoder === 'any') return analyzeByAny(file, options);
  if (decoder === 'ffmpeg' && afterS !== undefined && !(await canDecodeMore(file, afterS, options)))
    throw new AppError('unreadable_audio', 'FFmpeg decodes no more of this file.');
  return analyzeWith(file, options, decoder);
}

async function analyzeByAny(file: string, options: AnalysisOptions): Promise<Analysis> {
  const first = await analyzeWith(file, options, 'any');
  if (!isWorthAnotherDecoder(first) || !(await canDecodeMore(file, first.durationS, options))) return first;
  return completed(first, await analyzeWith(file, options, 'ffmpeg'));
}

const BUILTIN = 'builtin';
/** How much more another decoder has to give of a file before it is worth its time. */
const LEAST_GAIN = { seconds: 0.5, share: 0.01 };

/** Our decoders gave less of the file than it promises. */
export const isWorthAnotherDecoder = ({ isTruncated, decodedBy }: Analysis): boolean =>
  isTruncated && decodedBy === BUILTIN;

/** What the second decoder made of a file, beside what the first one knew of its length. */
export function completed(first: Analysis, second: Analysis): Analysis {
  const expectedS = first.expectedS ?? second.expectedS;
  const isShort = expectedS !== null && second.durationS < expectedS - LEAST_GAIN.seconds;
  return { ...second, expectedS, isTruncated: second.isTruncated || isShort };
}

/** Whether FFmpeg, where it is installed, decodes clearly more than so many seconds of a file. */
async function canDecodeMore(file: string, thanS: number, { signal, ffmpeg }: AnalysisOptions): Promise<boolean> {
  const seconds = thanS + Math.max(LEAST_GAIN.seconds, LEAST_GAIN.share * thanS);
  try {
    const audio = await openAudio(file, { signal, decoder: 'ffmpeg', ffmpeg });
    let samples = 0;
    for await (const [channel] of audio.blocks) {
      samples += channel.length;
      if (samples > seconds * audio.sampleRate) return true;
    }
    return false;
  } catch {
    signal?.throwIfAborted();
    return false;
  }
}

async function analyzeWith(
  file: string,
  options: AnalysisOptions,
  decoder: 'any' | 'builtin' | 'ffmpeg',
): Promise<Analysis> {
  const { models, preset, signal, minDurationS, ffmpeg } = options;
  const audio = await openAudio(file, { signal, decoder, ffmpeg });
  refuseEndless(audio.expectedS ?? 0);
  const resampler = createResampler(audio.sampleRate, SAMPLE_RATE);
  const fanOut = createFrontEndFanOut(models.backbones, preset);
  const descriptors = options.descriptors ? createDescriptors(audio) : undefined;
  const progress = createProgress(options);
  let samples = 0;

  for await (const block of audio.blocks) {
    signal?.throwIfAborted();
    samples += block[0].length;
    refuseEndless(samples / audio.sampleRate);
    descriptors?.push(block);
    const mono = resampler.push(atEqualPower(block));
    descriptors?.pushMono16k(mono);
    await fanOut.push(mono);
    progress.decoded(samples / audio.sampleRate);
  }
  signal?.throwIfAborted();
  const durationS = samples / audio.sampleRate;
  if (durationS < minDurationS) throw tooShort(durationS, minDurationS);
  const rest = resampler.flush();
  descriptors?.pushMono16k(rest);
  await fanOut.push(rest);
  const analyzed = await fanOut.finish((fraction) => {
    signal?.throwIfAborted();
    progress.chosen(fraction);
  });

  return {
    version: options.version,
    preset,
    durationS,
    patches: analyzed.at(0)?.patches ?? 0,
    isShort: analyzed.some((each) => each.isShort),
    isTruncated: audio.isTruncated,
    expectedS: audio.expectedS,
    decodedBy: audio.decodedBy,
    runtime: models.runtime,
    sound: isDsd(audio) ? null : { sampleRate: audio.sampleRate, channels: audio.channels },
    heads: nameHeads(analyzed),
    embeddings: analyzed.flatMap(({ embedding }) => embedding ?? []),
    descriptors: descriptors?.finish() ?? null,
  };
}

/** Its rate of bits has nothing to do with that of the samples that are made of them. */
const isDsd = ({ container }: { container?: string }): boolean => container === 'dsf' || container === 'dff';

/**
 * One channel of several, as loud as they are together: Σ/√n, which is what the reference scores were made from. The
 * front end's compression is not indifferent to level: the plain mean, 3 dB below, moves a head by up to 0.1.
 */
function atEqualPower(channels: readonly Float32Array[]): Float32Array {
  return downMix(channels, Math.sqrt(channels.length));
}

/** Every front end that the backbones need, each computed once, and the analyzers that take its frames. */
function createFrontEndFanOut(backbones: readonly LoadedBackbone[], preset: Preset) {
  const analyzers = backbones.map((backbone) => ({
    kind: melKindOf(backbone),
    analyzer: createPatchAnalyzer(backbone, preset),
  }));
  const kinds = [...new Set(analyzers.map(({ kind }) => kind))];
  const frontEnds = kinds.map((kind): [MelKind, MelFrontEnd] => [kind, createMelFrontEnd(kind)]);

  async function pushMel(kind: MelKind, mel: Float32Array): Promise<void> {
    for (const each of analyzers) if (each.kind === kind) await each.analyzer.push(mel);
  }
  return {
    async push(mono: Float32Array): Promise<void> {
      for (const [kind, frontEnd] of frontEnds) await pushMel(kind, frontEnd.push(mono));
    },
    /** In the order of the backbones, the preferred first. */
    async finish(onProgress: (fraction: number) => void): Promise<PatchResults[]> {
      for (const [kind, frontEnd] of frontEnds) await pushMel(kind, frontEnd.finish());
      const analyzed: PatchResults[] = [];
      for (const [i, { analyzer }] of analyzers.entries()) {
        analyzed.push(await analyzer.finish((fraction) => onProgress((i + fraction) / analyzers.length)));
      }
      return analyzed;
    },
  };
}

/** MusiCNN and EffNet were trained on 96 bands, VGGish and YAMNet on 64. */
function melKindOf({ bands }: LoadedBackbone): MelKind {
  return bands === 96 ? 'musicnn' : 'vggish';
}

/** A task's plain name goes to the preferred backbone's head; the same task of another has its file's name. */
function nameHeads(analyzed: readonly PatchResults[]): HeadScores[] {
  const taken = new Set<string>();
  return analyzed.flatMap(({ backbone, heads }) =>
    heads.map(({ name, task, kind, scores }) => {
      const head = taken.has(task) ? name : task;
      taken.add(head);
      return { head, backbone, kind, scores };
    }),
  );
}

function createProgress({ preset, expectedDurationS, onProgress }: AnalysisOptions) {
  const decoding = preset === 'fast' ? FAST_DECODING : 1;
  return {
    decoded(seconds: number): void {
      if (expectedDurationS) onProgress?.(decoding * Math.min(1, seconds / expectedDurationS));
    },
    chosen(fraction: number): void {
      onProgress?.(decoding + (1 - decoding) * fraction);
    },
  };
}

function tooShort(durationS: number, minDurationS: number): AppError {
  const message = `The track lasts ${durationS.toFixed(1)} s; shorter than ${minDurationS} s are not analyzed.`;
  return new AppError('too_short', message, { details: [{ durationS, minDurationS }] });
}

function refuseEndless(durationS: number): void {
  if (durationS <= MAX_DURATION_S) return;
  const hours = MAX_DURATION_S / 3600;
  throw new AppError('too_large', `The track lasts longer than ${hours} hours; so much is not analyzed.`, {
    details: [{ durationS, maxDurationS: MAX_DURATION_S }],
  });
}
