import type { Preset } from './analysis';
import { type ModelSet, suiteHash } from './model-set';
import { runtimeVersion } from './runtime';

/** Raised by hand whenever decoder, resampler, front end or pooling change a score of the same file by 0.0001. */
const REVISIONS = { decoder: 2, resampler: 1, mel: 1, pooling: 1 };

/**
 * Names everything that a score depends on but the file: `1/d2r1m1p1/ort1.30.0/balanced/3f2a…`. Scores of different
 * versions are never compared, and a file whose stored analysis has another one is due again.
 */
export function analysisVersion(preset: Preset, models: ModelSet): string {
  const { decoder, resampler, mel, pooling } = REVISIONS;
  return `1/d${decoder}r${resampler}m${mel}p${pooling}/ort${runtimeVersion()}/${preset}/${suiteHash(models)}`;
}
