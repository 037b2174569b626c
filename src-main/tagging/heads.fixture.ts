import type { HeadKind, HeadScores } from '../inference';

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
