import type { Descriptors } from '../../analysis/audio';
import type { HeadKind, HeadScores } from '../../analysis/inference';

/** A head with these scores, in the order of the keys. */
export function aHead(
  head: string,
  scores: Readonly<Record<string, number>>,
  kind: HeadKind = 'softmax',
  std: number | null = 0.01,
): HeadScores {
  return {
    head,
    backbone: 'musicnn',
    kind,
    scores: Object.entries(scores).map(([label, score]) => ({
      label,
      mean: score,
      trimmedMean: score,
      std,
      min: score,
      max: score,
    })),
  };
}

export const aBinaryHead = (head: string, scores: Readonly<Record<string, number>>, std: number | null = 0.01) =>
  aHead(head, scores, 'softmax', std);

/** A loud piece whose tempo and key are sure. */
export const descriptors: Descriptors = {
  loudnessLufs: -9.318,
  loudnessRangeLu: 5,
  truePeakDbtp: 0.3,
  replaygainGainDb: -8.682,
  replaygainPeak: 1.0351,
  bpm: 127.96,
  bpmConfidence: 0.9,
  key: 'F#',
  scale: 'minor',
  keyConfidence: 0.8,
};
