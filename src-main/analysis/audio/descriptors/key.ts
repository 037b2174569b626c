import { KEY_NAMES, KEY_PROFILES } from './key-profiles';
import { createPitchClasses, STEPS } from './pitch-classes';

export interface Key {
  /** `C`, `C#`, `D` … `B`; null for what has no pitch. */
  readonly key: string | null;
  readonly scale: 'major' | 'minor' | null;
  /** 0…1: how well the best key fits, and how far behind the second is. */
  readonly keyConfidence: number | null;
}

const UNKNOWN: Key = { key: null, scale: null, keyConfidence: null };

/**
 * Key of a signal: the one among 24 whose profile correlates best with the pitch classes that sound.
 *
 * @see C. Krumhansl, "Cognitive foundations of musical pitch", 1990 (the correlation)
 */
export function createKeyEstimator() {
  const pitchClasses = createPitchClasses();
  return {
    push: pitchClasses.push,
    finish(): Key {
      const { profile, frames } = pitchClasses.finish();
      return frames === 0 ? UNKNOWN : bestKey(foldTuned(profile));
    },
  };
}

/** Twelve pitch classes, cut around the tuning in which the profile is strongest. */
function foldTuned(profile: Float64Array): number[] {
  let [x, y] = [0, 0];
  profile.forEach((value, step) => {
    x += value * Math.cos((2 * Math.PI * step) / STEPS);
    y += value * Math.sin((2 * Math.PI * step) / STEPS);
  });
  const tuning = (Math.atan2(y, x) / (2 * Math.PI)) * STEPS;
  const classes = new Array<number>(12).fill(0);
  profile.forEach((value, step) => {
    classes[(Math.round((step - tuning) / STEPS) + 12) % 12] += value;
  });
  return classes;
}

function bestKey(classes: readonly number[]): Key {
  const candidates = (['major', 'minor'] as const).flatMap((scale) =>
    KEY_NAMES.map((key, tonic) => ({ key, scale, fit: correlation(classes, tonic, KEY_PROFILES[scale]) })),
  );
  candidates.sort((a, b) => b.fit - a.fit);
  const [best, second] = candidates;
  if (best.fit < 0.4) return UNKNOWN;
  return {
    key: best.key,
    scale: best.scale,
    keyConfidence: Math.min(1, best.fit * (0.5 + 5 * (best.fit - second.fit))),
  };
}

function correlation(classes: readonly number[], tonic: number, profile: readonly number[]): number {
  const mean = classes.reduce((sum, value) => sum + value, 0) / 12;
  const profileMean = profile.reduce((sum, value) => sum + value, 0) / 12;
  let [both, left, right] = [0, 0, 0];
  for (let i = 0; i < 12; i++) {
    const x = classes[(tonic + i) % 12] - mean;
    const y = profile[i] - profileMean;
    both += x * y;
    left += x * x;
    right += y * y;
  }
  return left === 0 ? 0 : both / Math.sqrt(left * right);
}
