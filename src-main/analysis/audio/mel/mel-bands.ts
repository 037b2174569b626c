/** Triangular bands over the bins of a spectrum, each a run of weights from its first bin on. */
export interface MelBands {
  readonly count: number;
  /** Edges in Hz, `count` + 2 of them. */
  readonly edges: readonly number[];
  /** Of each band the first bin that it sees and the weights from there on, at least one. */
  readonly rows: readonly { readonly first: number; readonly weights: readonly number[] }[];
}

interface Scale {
  toMel(hz: number): number;
  toHz(mel: number): number;
}

const SLANEY_BREAK_MEL = 15;
const SLANEY_STEP = Math.log(6.4) / 27;
/** Linear to 1000 Hz, logarithmic above (Slaney, Auditory Toolbox, 1998). */
const SLANEY: Scale = {
  toMel: (hz) => (hz < 1000 ? (3 * hz) / 200 : SLANEY_BREAK_MEL + Math.log(hz / 1000) / SLANEY_STEP),
  toHz: (mel) => (mel < SLANEY_BREAK_MEL ? (200 * mel) / 3 : 1000 * Math.exp((mel - SLANEY_BREAK_MEL) * SLANEY_STEP)),
};
/** O'Shaughnessy's formula, as in HTK. */
const HTK: Scale = {
  toMel: (hz) => 2595 * Math.log10(1 + hz / 700),
  toHz: (mel) => 700 * (10 ** (mel / 2595) - 1),
};

function edgesOf(scale: Scale, count: number, [low, high]: readonly [number, number]): number[] {
  const from = scale.toMel(low);
  const step = (scale.toMel(high) - from) / (count + 1);
  return Array.from({ length: count + 2 }, (_, i) => scale.toHz(from + i * step));
}

/**
 * 96 bands from 0 to 8000 Hz, edges equally spaced in Slaney mel, triangles linear in Hz and of unit area. The lowest
 * triangles are narrower than a bin, so that some see one bin only: so did the models in training.
 */
export function slaneyBands(binHz: number): MelBands {
  const edges = edgesOf(SLANEY, 96, [0, 8000]);
  return bandsFrom(edges, binHz, (hz, [low, centre, high]) => {
    const rising = (hz - low) / (centre - low);
    const falling = (high - hz) / (high - centre);
    return (Math.min(rising, falling) * 2) / (high - low);
  });
}

/** 64 bands from 125 to 7500 Hz, edges equally spaced in HTK mel, triangles linear in mel and of unit height. */
export function htkBands(binHz: number): MelBands {
  const edges = edgesOf(HTK, 64, [125, 7500]);
  return bandsFrom(edges, binHz, (hz, triangle) => {
    const [low, centre, high] = triangle.map(HTK.toMel);
    const mel = HTK.toMel(hz);
    return Math.min((mel - low) / (centre - low), (high - mel) / (high - centre));
  });
}

type Triangle = readonly [low: number, centre: number, high: number];

function bandsFrom(edges: number[], binHz: number, weightAt: (hz: number, triangle: Triangle) => number): MelBands {
  const count = edges.length - 2;
  const rows = Array.from({ length: count }, (_, band) => {
    const triangle: Triangle = [edges[band], edges[band + 1], edges[band + 2]];
    const first = Math.ceil(triangle[0] / binHz);
    const length = Math.floor(triangle[2] / binHz) - first + 1;
    const weights = Array.from({ length }, (_, i) => Math.max(0, weightAt((first + i) * binHz, triangle)));
    return { first, weights };
  });
  return { count, edges, rows };
}
