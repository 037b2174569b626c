/** Powers |X|² of the bins 0…n/2 of a real signal. */
export interface RealFft {
  /** Fills `power` (n/2 + 1 values) from `input` (n values); neither is kept. */
  powerSpectrum(input: Float64Array, power: Float64Array): void;
}

/**
 * A real transform of n = 2^k points: even and odd samples packed into a complex transform of half the length (radix-2,
 * decimation in time, twiddles made beforehand), then untangled. Unnormalised.
 *
 * @see Press et al., Numerical Recipes, 3rd ed., §12.3.2, "FFT of single real function"
 */
export function createRealFft(n: number): RealFft {
  const half = n / 2;
  const re = new Float64Array(half);
  const im = new Float64Array(half);
  const reversed = bitReversal(half);
  const cos = Float64Array.from({ length: half }, (_, k) => Math.cos((2 * Math.PI * k) / n));
  const sin = Float64Array.from({ length: half }, (_, k) => Math.sin((2 * Math.PI * k) / n));

  function transform(): void {
    for (let size = 2; size <= half; size *= 2) {
      const wing = size / 2;
      const step = n / size;
      for (let j = 0; j < wing; j++) {
        const wr = cos[j * step];
        const wi = -sin[j * step];
        for (let a = j; a < half; a += size) {
          const b = a + wing;
          const tr = wr * re[b] - wi * im[b];
          const ti = wr * im[b] + wi * re[b];
          re[b] = re[a] - tr;
          im[b] = im[a] - ti;
          re[a] += tr;
          im[a] += ti;
        }
      }
    }
  }

  return {
    powerSpectrum(input, power) {
      for (let i = 0; i < half; i++) {
        re[reversed[i]] = input[2 * i];
        im[reversed[i]] = input[2 * i + 1];
      }
      transform();
      power[0] = (re[0] + im[0]) ** 2;
      power[half] = (re[0] - im[0]) ** 2;
      for (let k = 1; k < half; k++) {
        const m = half - k;
        const evenRe = 0.5 * (re[k] + re[m]);
        const evenIm = 0.5 * (im[k] - im[m]);
        const oddRe = 0.5 * (im[k] + im[m]);
        const oddIm = 0.5 * (re[m] - re[k]);
        const xr = evenRe + cos[k] * oddRe + sin[k] * oddIm;
        const xi = evenIm + cos[k] * oddIm - sin[k] * oddRe;
        power[k] = xr * xr + xi * xi;
      }
    },
  };
}

function bitReversal(length: number): Uint16Array {
  const bits = Math.log2(length);
  return Uint16Array.from({ length }, (_, i) => {
    let reversed = 0;
    for (let b = 0; b < bits; b++) if (i & (1 << b)) reversed |= 1 << (bits - 1 - b);
    return reversed;
  });
}
