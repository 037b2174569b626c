const HALF_WIDTH = 8;
const TAPS = 2 * HALF_WIDTH;
const CELL = 16;
const CHUNK = 256 * CELL;
/** From here on the samples themselves lie close enough. */
const DENSE_RATE = 128_000;

/**
 * The highest absolute value that the samples' curve reaches between them, found by oversampling four times with a
 * windowed sinc. Most of the signal cannot hold the peak: where the samples around are too small for even the worst
 * case of the filter, it is not computed.
 *
 * @see ITU-R BS.1770-5, Annex 2; the filter has 16 taps a phase where its example has 12
 */
export function createTruePeakMeter(sampleRate: number, channels: number) {
  const meters = Array.from({ length: channels }, () => createChannelMeter(sampleRate < DENSE_RATE));
  return {
    push(block: readonly Float32Array[]): void {
      for (let c = 0; c < meters.length; c++) meters[c].push(block[c]);
    },
    /** A factor, 1 = full scale; 0 for silence. */
    finish: (): number => meters.reduce((highest, meter) => Math.max(highest, meter.finish()), 0),
  };
}

const MIDDLE = interpolator(0.5);
const QUARTER = interpolator(0.25);
/** The quarters before and after the middle mirror each other, so both come from one symmetric and one skew half. */
const SYMMETRIC = QUARTER.map((tap, k) => (tap + QUARTER[TAPS - 1 - k]) / 2);
const SKEW = QUARTER.map((tap, k) => (tap - QUARTER[TAPS - 1 - k]) / 2);
/** How far the curve can lie above the largest sample around: times that sample, and in parts of the largest step. */
const WORST_GAIN = Math.max(...[MIDDLE, QUARTER].map((taps) => taps.reduce((sum, tap) => sum + Math.abs(tap), 0)));
const STEEPEST_GAIN = Math.max(stepGain(MIDDLE, 0.5), stepGain(QUARTER, 0.25));

/**
 * The curve less the straight line between the two middle samples, as a weighted sum of the steps from each sample to
 * the next; possible because the taps of both sum to one.
 */
function stepGain(taps: Float64Array, fraction: number): number {
  let weight = 0;
  let gain = 0;
  taps.forEach((tap, k) => {
    weight += tap - (k === HALF_WIDTH - 1 ? 1 - fraction : k === HALF_WIDTH ? fraction : 0);
    gain += Math.abs(weight);
  });
  return gain;
}

/** Taps that give the value `fraction` after sample HALF_WIDTH − 1 of TAPS neighbours: a sinc under a Kaiser window. */
function interpolator(fraction: number): Float64Array {
  const taps = Float64Array.from({ length: TAPS }, (_, i) => {
    const x = i - (HALF_WIDTH - 1) - fraction;
    return (Math.sin(Math.PI * x) / (Math.PI * x)) * kaiser(x / HALF_WIDTH, 5);
  });
  const sum = taps.reduce((total, tap) => total + tap, 0);
  return taps.map((tap) => tap / sum);
}

function kaiser(x: number, beta: number): number {
  return besselI0(beta * Math.sqrt(Math.max(0, 1 - x * x))) / besselI0(beta);
}

function besselI0(x: number): number {
  let sum = 1;
  for (let k = 1, term = 1; term > 1e-12 * sum; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

function createChannelMeter(isInterpolated: boolean) {
  // The last TAPS samples of one chunk stand before the next, so that every gap is seen with its neighbours.
  const buffer = new Float32Array(TAPS + CHUNK);
  const bits = new Int32Array(buffer.buffer);
  const cellPeaks = new Float32Array(buffer.length / CELL + 2);
  let filled = TAPS;
  let peak = 0;

  function measure(): void {
    cellPeaks.fill(0);
    const than = bitsOf(peak / WORST_GAIN) - 1;
    for (let cell = 0, from = 0; from < filled; cell++, from += CELL) {
      const to = Math.min(from + CELL, filled);
      // A cell that is quiet all through counts as silent: it cannot hold the peak, nor can what lies around it.
      if (hasLouder(bits, { from, to, than })) cellPeaks[cell] = highestOf(buffer, from, to);
    }
    for (const cellPeak of cellPeaks) if (cellPeak > peak) peak = cellPeak;
    if (!isInterpolated) return;
    for (let from = 0; from + TAPS <= filled; from += CELL) {
      const cell = from / CELL;
      const around = Math.max(cellPeaks[cell], cellPeaks[cell + 1]);
      if (around * WORST_GAIN <= peak) continue;
      if (around + STEEPEST_GAIN * steepest(buffer, from, Math.min(from + CELL + TAPS, filled)) <= peak) continue;
      peak = Math.max(peak, highestBetween(buffer, from, Math.min(from + CELL, filled - TAPS + 1)));
    }
  }

  function push(samples: Float32Array): void {
    for (let from = 0; from < samples.length; ) {
      const count = Math.min(samples.length - from, buffer.length - filled);
      buffer.set(samples.subarray(from, from + count), filled);
      filled += count;
      from += count;
      if (filled < buffer.length) continue;
      measure();
      buffer.copyWithin(0, filled - TAPS, filled);
      filled = TAPS;
    }
  }

  return {
    push,
    finish(): number {
      push(new Float32Array(TAPS));
      measure();
      return peak;
    },
  };
}

/** Compares as whole numbers, which have the same order but for the sign, and without a branch for each. */
function hasLouder(bits: Int32Array, { from, to, than }: { from: number; to: number; than: number }): boolean {
  let beyond = 0;
  for (let i = from; i < to; i++) beyond |= than - (bits[i] & 0x7fffffff);
  return beyond < 0;
}

const bitsOf = (value: number): number => new Int32Array(Float32Array.of(value).buffer)[0];

function steepest(buffer: Float32Array, from: number, to: number): number {
  let highest = 0;
  for (let i = from + 1; i < to; i++) highest = Math.max(highest, Math.abs(buffer[i] - buffer[i - 1]));
  return highest;
}

function highestOf(buffer: Float32Array, from: number, to: number): number {
  let highest = 0;
  for (let i = from; i < to; i++) highest = Math.max(highest, Math.abs(buffer[i]));
  return highest;
}

/** The highest of the three values between the middle samples of each TAPS samples that begin at `from`…`to`. */
function highestBetween(buffer: Float32Array, from: number, to: number): number {
  let highest = 0;
  for (let start = from; start < to; start++) {
    let [middle, symmetric, skew] = [0, 0, 0];
    for (let k = 0, left = start, right = start + TAPS - 1; k < HALF_WIDTH; k++, left++, right--) {
      const sum = buffer[left] + buffer[right];
      middle += MIDDLE[k] * sum;
      symmetric += SYMMETRIC[k] * sum;
      skew += SKEW[k] * (buffer[left] - buffer[right]);
    }
    highest = Math.max(highest, Math.abs(middle), Math.abs(symmetric) + Math.abs(skew));
  }
  return highest;
}
