import { type ChannelLayout, defaultLayout } from '../channels';
import { createKeyEstimator } from './key';
import { createLoudnessMeter } from './loudness';
import { createTempoEstimator } from './tempo';
import { createTruePeakMeter } from './true-peak';

/** What is measured without a model. A null is "could not be told", a confidence is 0…1. */
export interface Descriptors {
  /** Integrated loudness, EBU R128, LUFS; null for silence. */
  readonly loudnessLufs: number | null;
  /** Loudness range, EBU Tech 3342, LU; null for silence and for less than 3 s. */
  readonly loudnessRangeLu: number | null;
  /** True peak, ITU-R BS.1770, dBTP; null for digital silence. */
  readonly truePeakDbtp: number | null;
  /** ReplayGain 2.0: −18 LUFS − loudness, dB. */
  readonly replaygainGainDb: number | null;
  /** True peak as a factor, 1 = full scale. */
  readonly replaygainPeak: number | null;
  readonly bpm: number | null;
  readonly bpmConfidence: number | null;
  /** `C`, `C#`, `D` … `B`. */
  readonly key: string | null;
  readonly scale: 'major' | 'minor' | null;
  readonly keyConfidence: number | null;
}

export interface DescriptorsOptions {
  /** Of the samples given to `push`, Hz. */
  readonly sampleRate: number;
  readonly channels: number;
  /** Where they are played; the usual places where it is missing. */
  readonly layout?: ChannelLayout;
}

const REPLAYGAIN_REFERENCE_LUFS = -18;

/**
 * Measures one signal, given twice: as it is, for loudness and peak, and as 16 kHz mono, for tempo and key. The two
 * need not keep step, and blocks may have any length; either may be left out, and what it would have told is null.
 */
export function createDescriptors({ sampleRate, channels, layout = defaultLayout(channels) }: DescriptorsOptions) {
  const loudness = createLoudnessMeter(sampleRate, layout);
  const truePeak = createTruePeakMeter(sampleRate, channels);
  const tempo = createTempoEstimator();
  const key = createKeyEstimator();
  return {
    /** One array for each channel, all of one length, −1…1, at the signal's own rate. They are not kept. */
    push(block: readonly Float32Array[]): void {
      loudness.push(block);
      truePeak.push(block);
    },
    /** 16 kHz, −1…1. They are not kept. */
    pushMono16k(samples: Float32Array): void {
      tempo.push(samples);
      key.push(samples);
    },
    /** The answer; nothing may be pushed afterwards. */
    finish(): Descriptors {
      const { loudnessLufs, loudnessRangeLu } = loudness.finish();
      const peak = truePeak.finish();
      return {
        loudnessLufs,
        loudnessRangeLu,
        truePeakDbtp: peak > 0 ? 20 * Math.log10(peak) : null,
        replaygainGainDb: loudnessLufs === null ? null : REPLAYGAIN_REFERENCE_LUFS - loudnessLufs,
        replaygainPeak: peak > 0 ? peak : null,
        ...tempo.finish(),
        ...key.finish(),
      };
    },
  };
}
