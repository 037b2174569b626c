import { LANES, type MelRecipe, prepareMelKernels } from '../mel';
import { createFramer } from '../signal';

const SAMPLE_RATE = 16_000;
const FRAME = 512;
const HOP = 128;
/** Values of the onset strength a second. */
export const ONSET_RATE = SAMPLE_RATE / HOP;
const BANDS = 36;
const LOWEST_HZ = 40;
const HIGHEST_HZ = 7600;
/** How far below full scale a band counts as silent; quieter changes are noise of the recording. */
const FLOOR_POWER = 1e-7;
const LAG = 2;

/** Samples that are collected before frames are made of them, at most. */
const COLLECTED = 8192;

/**
 * Powers of the bands, in log10, by the kernel of the models' front ends; scaled so that a sine of amplitude 1 has a
 * peak of 1.
 */
const RECIPE = (): MelRecipe => {
  const edges = bandEdges();
  const rows = edges.slice(1).map((end, band) => ({
    first: edges[band],
    weights: new Array<number>(end - edges[band]).fill((4 / FRAME) ** 2),
  }));
  return {
    ...{ frame: FRAME, hop: HOP, bands: { count: BANDS, rows }, isOfMagnitudes: false },
    compression: { factor: Math.LOG10E, offset: FLOOR_POWER, scale: 1 },
  };
};
let createKernel: ReturnType<typeof prepareMelKernels> | undefined;

/**
 * Onset strength: how much louder the bands of hearing became, 125 times a second. A band is compared with the loudest
 * of itself and its two neighbours two frames before, so that a voice's vibrato does not count as a row of onsets.
 *
 * @see S. Böck, G. Widmer, "Maximum filter vibrato suppression for onset detection" (SuperFlux), DAFx 2013
 */
export function createOnsetStrength(onValue: (strength: number, bass: number) => void) {
  createKernel ??= prepareMelKernels(RECIPE(), COLLECTED);
  const kernel = createKernel();
  const history = Array.from({ length: LAG + 1 }, () => new Float64Array(BANDS + 2).fill(Math.log10(FLOOR_POWER)));
  const bassBands = bandEdges().findIndex((edge) => (edge * SAMPLE_RATE) / FRAME > 200);
  let frame = 0;

  function compare(bands: Float32Array): void {
    const now = history[frame % (LAG + 1)];
    const before = history[(frame + 1) % (LAG + 1)];
    now.set(bands, 1);
    let sum = 0;
    let bass = 0;
    for (let band = 0; band < BANDS; band++) {
      const rise = now[band + 1] - Math.max(before[band], before[band + 1], before[band + 2]);
      if (rise > 0) sum += rise;
      if (rise > 0 && band < bassBands) bass += rise;
    }
    // Until a whole lag of frames was seen, everything would be an onset.
    onValue(frame >= LAG ? sum / BANDS : 0, frame >= LAG ? bass / bassBands : 0);
    frame++;
  }

  const analyze = (_: Float32Array, offset: number) => {
    const rows = kernel.run(offset);
    for (let row = 0; row < LANES; row++) compare(rows.subarray(row * BANDS, (row + 1) * BANDS));
  };
  return createFramer((LANES - 1) * HOP + FRAME, LANES * HOP, analyze, kernel.samples);
}

/** Bins at which the bands begin, evenly spaced in mel and at least one bin wide. */
function bandEdges(): number[] {
  const mel = (hz: number) => Math.log(1 + hz / 700);
  const [low, high] = [mel(LOWEST_HZ), mel(HIGHEST_HZ)];
  const edges: number[] = [];
  for (let i = 0; i <= BANDS; i++) {
    const hz = 700 * (Math.exp(low + ((high - low) * i) / BANDS) - 1);
    edges.push(Math.max(Math.round((hz * FRAME) / SAMPLE_RATE), (edges.at(-1) ?? 0) + 1));
  }
  return edges;
}
