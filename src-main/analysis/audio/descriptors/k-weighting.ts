/** A second-order filter, normalised: y = b0·x + b1·x₁ + b2·x₂ − a1·y₁ − a2·y₂. */
export interface Biquad {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

/**
 * The two filters of ITU-R BS.1770 (the head's shelf, then the low cut) for any sample rate. The recommendation gives
 * coefficients for 48 kHz only; these are the analogue prototypes behind them, transformed again (bilinear), and they
 * give the recommendation's numbers at 48 kHz.
 *
 * @see ITU-R BS.1770-5, Annex 1; B. De Man, "Evaluation of implementations of the EBU R128 loudness measurement", 2018
 */
export function kWeighting(sampleRate: number): { shelf: Biquad; lowCut: Biquad } {
  return { shelf: headShelf(sampleRate), lowCut: lowCut(sampleRate) };
}

function headShelf(sampleRate: number): Biquad {
  const k = Math.tan((Math.PI * 1681.974450955533) / sampleRate);
  const q = 0.7071752369554196;
  const high = 10 ** (3.999843853973347 / 20);
  const band = high ** 0.4996667741545416;
  const norm = 1 + k / q + k * k;
  return {
    b0: (high + (band * k) / q + k * k) / norm,
    b1: (2 * (k * k - high)) / norm,
    b2: (high - (band * k) / q + k * k) / norm,
    a1: (2 * (k * k - 1)) / norm,
    a2: (1 - k / q + k * k) / norm,
  };
}

function lowCut(sampleRate: number): Biquad {
  const k = Math.tan((Math.PI * 38.13547087602444) / sampleRate);
  const q = 0.5003270373238773;
  const norm = 1 + k / q + k * k;
  return { b0: 1, b1: -2, b2: 1, a1: (2 * (k * k - 1)) / norm, a2: (1 - k / q + k * k) / norm };
}
