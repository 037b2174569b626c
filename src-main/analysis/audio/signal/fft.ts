/** Powers |X|² of the bins 0…n/2 of a real signal. */
export interface RealFft {
  /** Fills `power` (n/2 + 1 values) from `input` (n values); neither is kept. */
  powerSpectrum(input: Float64Array, power: Float64Array): void;
}

/**
 * A real transform of n = 2^k points, k ≥ 4: even and odd samples packed into a complex transform of half the length
 * (radix-4, decimation in time, after one pass of radix 2 where the length is no power of four), then untangled.
 * Unnormalised.
 *
 * @see Press et al., Numerical Recipes, 3rd ed., §12.3.2, "FFT of single real function"; C. Van Loan, Computational
 * Frameworks for the Fast Fourier Transform, 1992, §2.4 (radix 4)
 */
export function createRealFft(n: number): RealFft {
  const half = n / 2;
  const re = new Float64Array(half);
  const im = new Float64Array(half);
  const reversed = bitReversal(half);
  const cos = Float64Array.from({ length: half }, (_, k) => Math.cos((2 * Math.PI * k) / n));
  const sin = Float64Array.from({ length: half }, (_, k) => Math.sin((2 * Math.PI * k) / n));
  const isPowerOfFour = Math.log2(half) % 2 === 0;
  const passes: Float64Array[] = [];
  for (let wing = isPowerOfFour ? 4 : 2; wing < half; wing *= 4) passes.push(twiddles(wing));

  return {
    powerSpectrum(input, power) {
      for (let i = 0; i < half; i++) {
        const from = 2 * reversed[i];
        re[i] = input[from];
        im[i] = input[from + 1];
      }
      if (isPowerOfFour) firstFours(re, im);
      else firstTwos(re, im);
      for (const pass of passes) radix4(re, im, pass);
      power[0] = (re[0] + im[0]) ** 2;
      power[half] = (re[0] - im[0]) ** 2;
      // The bins k and half − k come from the same two values.
      for (let k = 1, m = half - 1; k <= m; k++, m--) {
        const evenRe = 0.5 * (re[k] + re[m]);
        const evenIm = 0.5 * (im[k] - im[m]);
        const oddRe = 0.5 * (im[k] + im[m]);
        const oddIm = 0.5 * (re[m] - re[k]);
        const turnedRe = cos[k] * oddRe + sin[k] * oddIm;
        const turnedIm = cos[k] * oddIm - sin[k] * oddRe;
        power[k] = (evenRe + turnedRe) ** 2 + (evenIm + turnedIm) ** 2;
        power[m] = (evenRe - turnedRe) ** 2 + (evenIm - turnedIm) ** 2;
      }
    },
  };
}

/** For each j < wing the factors e^(−2πi·j/4wing), its square and its cube, as six numbers. */
function twiddles(wing: number): Float64Array {
  const out = new Float64Array(6 * wing);
  for (let j = 0; j < wing; j++) {
    for (let power = 1; power <= 3; power++) {
      const angle = (-2 * Math.PI * j * power) / (4 * wing);
      out[6 * j + 2 * power - 2] = Math.cos(angle);
      out[6 * j + 2 * power - 1] = Math.sin(angle);
    }
  }
  return out;
}

function firstTwos(re: Float64Array, im: Float64Array): void {
  for (let a = 0; a < re.length; a += 2) {
    const r = re[a + 1];
    const i = im[a + 1];
    re[a + 1] = re[a] - r;
    im[a + 1] = im[a] - i;
    re[a] += r;
    im[a] += i;
  }
}

/** The first pass of radix 4, all of whose factors are one. */
function firstFours(re: Float64Array, im: Float64Array): void {
  for (let a = 0; a < re.length; a += 4) {
    const sumRe = re[a] + re[a + 1];
    const sumIm = im[a] + im[a + 1];
    const differenceRe = re[a] - re[a + 1];
    const differenceIm = im[a] - im[a + 1];
    const farSumRe = re[a + 2] + re[a + 3];
    const farSumIm = im[a + 2] + im[a + 3];
    const farDifferenceRe = re[a + 2] - re[a + 3];
    const farDifferenceIm = im[a + 2] - im[a + 3];
    re[a] = sumRe + farSumRe;
    im[a] = sumIm + farSumIm;
    re[a + 1] = differenceRe + farDifferenceIm;
    im[a + 1] = differenceIm - farDifferenceRe;
    re[a + 2] = sumRe - farSumRe;
    im[a + 2] = sumIm - farSumIm;
    re[a + 3] = differenceRe - farDifferenceIm;
    im[a + 3] = differenceIm + farDifferenceRe;
  }
}

/** One pass over blocks of four wings. Bit reversal left the second and the third quarter in each other's place. */
function radix4(re: Float64Array, im: Float64Array, factors: Float64Array): void {
  const wing = factors.length / 6;
  for (let block = 0; block < re.length; block += 4 * wing) {
    for (let a = block, f = 0; a < block + wing; a++, f += 6) {
      const b = a + wing;
      const c = b + wing;
      const d = c + wing;
      const r1 = factors[f];
      const i1 = factors[f + 1];
      const r2 = factors[f + 2];
      const i2 = factors[f + 3];
      const r3 = factors[f + 4];
      const i3 = factors[f + 5];
      const evenRe = re[b] * r2 - im[b] * i2;
      const evenIm = re[b] * i2 + im[b] * r2;
      const firstRe = re[c] * r1 - im[c] * i1;
      const firstIm = re[c] * i1 + im[c] * r1;
      const thirdRe = re[d] * r3 - im[d] * i3;
      const thirdIm = re[d] * i3 + im[d] * r3;
      const sumRe = re[a] + evenRe;
      const sumIm = im[a] + evenIm;
      const differenceRe = re[a] - evenRe;
      const differenceIm = im[a] - evenIm;
      re[a] = sumRe + firstRe + thirdRe;
      im[a] = sumIm + firstIm + thirdIm;
      re[b] = differenceRe + firstIm - thirdIm;
      im[b] = differenceIm - firstRe + thirdRe;
      re[c] = sumRe - firstRe - thirdRe;
      im[c] = sumIm - firstIm - thirdIm;
      re[d] = differenceRe - firstIm + thirdIm;
      im[d] = differenceIm + firstRe - thirdRe;
    }
  }
}

function bitReversal(length: number): Uint16Array {
  const bits = Math.log2(length);
  return Uint16Array.from({ length }, (_, i) => {
    let reversed = 0;
    for (let b = 0; b < bits; b++) if (i & (1 << b)) reversed |= 1 << (bits - 1 - b);
    return reversed;
  });
}
