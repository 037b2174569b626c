import { createMelFrontEnd, createPatchCutter, createResampler, downMix, type MelKind, openAudio } from '../../audio';

const SAMPLE_RATE = 16_000;
/** Patches of one track: as many as one and a half minutes have. */
const OF_A_TRACK = 32;
const NOISY = 12;
/** Mel bands of loud music reach so far, as the front end compresses them. */
const LOUDEST = 5;

interface Shape {
  readonly frames: number;
  readonly bands: number;
}

/**
 * Patches to compare two models by: silence, even ones, noise of several levels, the mel bands of a made piece (chords,
 * beats, noise), and those of real tracks. A track that cannot be decoded is left out. The same at every run.
 */
export async function* proofPatches(shape: Shape, tracks: readonly string[]): AsyncGenerator<Float32Array> {
  const size = shape.frames * shape.bands;
  yield new Float32Array(size);
  yield new Float32Array(size).fill(1);
  const random = seeded(1);
  for (let i = 1; i <= NOISY; i++) yield Float32Array.from({ length: size }, () => (random() * LOUDEST * i) / NOISY);
  const cutPiece = createPatches(shape);
  yield* cutPiece(madePiece(20));
  for (const file of tracks) yield* ofTrack(file, createPatches(shape));
}

function createPatches({ frames, bands }: Shape) {
  const kind: MelKind = bands === 96 ? 'musicnn' : 'vggish';
  const frontEnd = createMelFrontEnd(kind);
  const cutter = createPatchCutter({ frames, bands, hop: frames });
  return (mono: Float32Array): Float32Array[] => [...cutter.push(frontEnd.push(mono))].map((patch) => patch.slice());
}

async function* ofTrack(file: string, cut: (mono: Float32Array) => Float32Array[]): AsyncGenerator<Float32Array> {
  try {
    const audio = await openAudio(file, { decoder: 'builtin' });
    const resampler = createResampler(audio.sampleRate, SAMPLE_RATE);
    let count = 0;
    for await (const block of audio.blocks) {
      for (const patch of cut(resampler.push(downMix(block, Math.sqrt(block.length))))) {
        yield patch;
        if (++count === OF_A_TRACK) return;
      }
    }
  } catch {
    // The analysis says of every file what is wrong with it; here another one does as well.
  }
}

/** Chords that change, a beat, and noise that comes and goes. */
function madePiece(seconds: number): Float32Array {
  const random = seeded(2);
  const chords = [
    [220, 277.18, 329.63, 1760],
    [98, 246.94, 392, 3136],
    [174.61, 220, 261.63, 4186],
  ];
  return Float32Array.from({ length: seconds * SAMPLE_RATE }, (_, i) => {
    const t = i / SAMPLE_RATE;
    const tones = chords[Math.floor(t / 2) % chords.length].reduce(
      (sum, hz) => sum + Math.sin(2 * Math.PI * hz * t),
      0,
    );
    const beat = Math.exp(-20 * (t % 0.5)) * Math.sin(2 * Math.PI * 60 * t);
    const noise = (random() - 0.5) * Math.max(0, Math.sin(t));
    return 0.12 * tones + 0.4 * beat + 0.3 * noise;
  });
}

/** Numbers 0…1 by a linear congruential generator (Numerical Recipes, §7.1). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
}
