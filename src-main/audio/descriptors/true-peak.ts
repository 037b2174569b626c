const HALF_WIDTH = 12;
const TAPS = 2 * HALF_WIDTH;
const CELL = 16;
const CHUNK = 256 * CELL;

/**
 * The highest absolute value that the samples' curve reaches between them, found by oversampling (4× up to 64 kHz, 2×
 * up to 128 kHz) with a windowed sinc. Most of the signal cannot hold the peak: where the samples around are too small
 * for even the worst case of the filter, it is not computed.
 *
 * @see ITU-R BS.1770-5, Annex 2; the filter is longer than the 12 taps a phase of its example, and so more exact
 */
export function createTruePeakMeter(sampleRate: number, channels: number) {
  const phases = fractionalDelays(sampleRate);
  const meters = Array.from({ length: channels }, () => createChannelMeter(phases));
  return {
    push(block: readonly Float32Array[]): void {
      for (let c = 0; c < meters.length; c++) meters[c].push(block[c]);
    },
    /** A factor, 1 = full scale; 0 for silence. */
    finish: (): number => meters.reduce((highest, meter) => Math.max(highest, meter.finish()), 0),
  };
}

function fractionalDelays(sampleRate: number): Float64Array[] {
  if (sampleRate >= 128_000) return [];
  if (sampleRate >= 64_000) return [interpolator(0.5)];
  return [interpolator(0.25), interpolator(0.5), interpolator(0.75)];
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

function createChannelMeter(phases: readonly Float64Array[]) {
  // The last TAPS samples of one chunk stand before the next, so that every gap is seen with its neighbours.
  const buffer = new Float32Array(TAPS + CHUNK);
  const worstGain = Math.max(1, ...phases.map((taps) => taps.reduce((sum, tap) => sum + Math.abs(tap), 0)));
  let filled = TAPS;
  let peak = 0;

  function measure(end: number): void {
    const cellPeaks = new Float32Array(Math.ceil(end / CELL) + 2);
    for (let i = 0; i < end; i++) {
      const cell = (i / CELL) | 0;
      const size = Math.abs(buffer[i]);
      if (size > cellPeaks[cell]) cellPeaks[cell] = size;
    }
    for (const cellPeak of cellPeaks) if (cellPeak > peak) peak = cellPeak;
    for (let from = 0; from + TAPS <= end; from += CELL) {
      const cell = from / CELL;
      const around = Math.max(cellPeaks[cell], cellPeaks[cell + 1], cellPeaks[cell + 2]);
      if (around * worstGain > peak) peak = Math.max(peak, highestBetween(from, Math.min(from + CELL, end - TAPS + 1)));
    }
  }

  function highestBetween(from: number, to: number): number {
    let highest = 0;
    for (const taps of phases) {
      for (let start = from; start < to; start++) {
        let value = 0;
        for (let k = 0; k < TAPS; k++) value += taps[k] * buffer[start + k];
        highest = Math.max(highest, Math.abs(value));
      }
    }
    return highest;
  }

  function push(samples: Float32Array): void {
    for (let from = 0; from < samples.length; ) {
      const count = Math.min(samples.length - from, buffer.length - filled);
      buffer.set(samples.subarray(from, from + count), filled);
      filled += count;
      from += count;
      if (filled < buffer.length) continue;
      measure(filled);
      buffer.copyWithin(0, filled - TAPS, filled);
      filled = TAPS;
    }
  }

  return {
    push,
    finish(): number {
      push(new Float32Array(TAPS));
      measure(filled);
      return peak;
    },
  };
}
