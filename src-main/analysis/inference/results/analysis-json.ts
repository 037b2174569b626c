import type { Analysis, PooledScore } from '../session';

/** What `nom analyze --json` prints of one file. The embedding is the preferred backbone's; null without a model. */
export function analysisJson(path: string, analysis: Analysis) {
  return {
    path,
    analysis_version: analysis.version,
    duration_s: analysis.durationS,
    patches: analysis.patches,
    is_short: analysis.isShort,
    is_truncated: analysis.isTruncated,
    expected_s: analysis.expectedS,
    decoded_by: analysis.decodedBy,
    runtime: analysis.runtime,
    heads: Object.fromEntries(
      analysis.heads.map(({ head, scores }) => [
        head,
        Object.fromEntries(scores.map((score) => [score.label, numbersOf(score)])),
      ]),
    ),
    embedding: analysis.embeddings.length > 0 ? Array.from(analysis.embeddings[0].vector) : null,
    descriptors: analysis.descriptors,
  };
}

function numbersOf({ mean, trimmedMean, std, min, max }: PooledScore) {
  return { mean, trimmed_mean: trimmedMean, std, min, max };
}
