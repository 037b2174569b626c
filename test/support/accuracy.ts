import { createDescriptors } from '../../src-main/analysis/audio/descriptors';
import { KEYS, renderPiece, STYLE_NAMES, STYLES, type StyleName } from '../../src-main/app/demo';

const SAMPLE_RATE = 16_000;
const SECONDS = 30;
const TOLERANCE = 0.04;

/** How many of `pieces` were heard right. */
export interface Accuracy {
  pieces: number;
  tempo: number;
  /** Half and double also count. */
  tempoOrOctave: number;
  key: number;
  /** The relative and parallel key, the dominant and the subdominant also count. */
  keyOrNear: number;
}

/**
 * Renders pieces of one style, spread over its tempi and the 24 keys, and compares what the descriptors hear with what
 * was written. Other seeds, other pieces: those of the benchmark are not the ones that weights were fitted on.
 */
export function measureAccuracy(style: StyleName, pieces: number, seed: number): Accuracy {
  const [slowest, fastest] = STYLES[style].bpm;
  const styleIndex = STYLE_NAMES.indexOf(style);
  const total: Accuracy = { pieces, tempo: 0, tempoOrOctave: 0, key: 0, keyOrNear: 0 };
  for (let i = 0; i < pieces; i++) {
    const bpm = slowest + ((fastest - slowest) * (i + 0.5)) / pieces;
    const tonic = (i * 7 + styleIndex * 5) % 12;
    const scale = (Math.floor(i / 12) + i + styleIndex) % 2 === 0 ? 'major' : 'minor';
    const options = { style, bpm, key: KEYS[tonic], scale, seconds: SECONDS, sampleRate: SAMPLE_RATE } as const;
    const analyzed = listen(renderPiece({ ...options, seed: seed + 1000 * styleIndex + i }));
    const isTempo = (factor: number) =>
      analyzed.bpm !== null && Math.abs(analyzed.bpm / (factor * bpm) - 1) <= TOLERANCE;
    const interval =
      analyzed.key === null ? undefined : (KEYS.indexOf(analyzed.key as (typeof KEYS)[number]) - tonic + 12) % 12;
    const isKey = interval === 0 && analyzed.scale === scale;
    const near = analyzed.scale === scale ? [0, 5, 7] : [0, scale === 'major' ? 9 : 3];
    total.tempo += Number(isTempo(1));
    total.tempoOrOctave += Number(isTempo(1) || isTempo(2) || isTempo(0.5));
    total.key += Number(isKey);
    total.keyOrNear += Number(interval !== undefined && near.includes(interval));
  }
  return total;
}

function listen([left, right]: Float32Array[]) {
  const descriptors = createDescriptors({ sampleRate: SAMPLE_RATE, channels: 2 });
  descriptors.pushMono16k(left.map((sample, i) => (sample + right[i]) / 2));
  return descriptors.finish();
}

export function sumOf(parts: readonly Accuracy[]): Accuracy {
  const total: Accuracy = { pieces: 0, tempo: 0, tempoOrOctave: 0, key: 0, keyOrNear: 0 };
  for (const part of parts) {
    for (const name of Object.keys(total) as (keyof Accuracy)[]) total[name] += part[name];
  }
  return total;
}
