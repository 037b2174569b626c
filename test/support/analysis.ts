import type { Analysis } from '../../src-main/analysis/inference';

/** A whole analysis of one track; the test names only what it is about. */
export function anAnalysis(changes: Partial<Analysis> = {}): Analysis {
  return {
    version: 'v1',
    preset: 'balanced',
    durationS: 26.84,
    patches: 17,
    isShort: false,
    isTruncated: false,
    expectedS: 26.84,
    decodedBy: 'builtin',
    runtime: 'onnxruntime',
    sound: { sampleRate: 44_100, channels: 2 },
    heads: [
      {
        head: 'mood_happy',
        backbone: 'musicnn',
        kind: 'softmax',
        scores: [
          { label: 'happy', mean: 0.7, trimmedMean: 0.72, std: 0.1, min: 0.2, max: 0.9 },
          { label: 'non_happy', mean: 0.3, trimmedMean: 0.28, std: 0.1, min: 0.1, max: 0.8 },
        ],
      },
    ],
    embeddings: [{ backbone: 'musicnn', vector: Float32Array.of(1, -2.5, 3) }],
    descriptors: {
      loudnessLufs: -14,
      loudnessRangeLu: 6,
      truePeakDbtp: -1,
      replaygainGainDb: -4,
      replaygainPeak: 0.89,
      bpm: 120,
      bpmConfidence: 0.8,
      key: 'C#',
      scale: 'minor',
      keyConfidence: 0.6,
    },
    ...changes,
  };
}
