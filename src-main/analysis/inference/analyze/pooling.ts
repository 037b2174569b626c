import type { PooledScore } from '../session';

/** The share of patches that is left out at each end of the trimmed mean. */
const TRIMMED = 0.1;

/** Gathers a head's activations patch by patch; four bytes each are all that grows with the length of a file. */
export function createActivations(labels: readonly string[]) {
  const width = labels.length;
  let rows = new Float32Array(64 * width);
  let count = 0;
  return {
    /** Takes the first `patches` rows of the head's output, patches × labels. */
    add(output: Float32Array, patches: number): void {
      if ((count + patches) * width > rows.length) {
        const grown = new Float32Array(Math.max(rows.length * 2, (count + patches) * width));
        grown.set(rows);
        rows = grown;
      }
      rows.set(output.subarray(0, patches * width), count * width);
      count += patches;
    },
    pool: (): PooledScore[] => labels.map((label, i) => poolLabel(label, columnOf(rows, count, width, i))),
  };
}

function columnOf(rows: Float32Array, count: number, width: number, at: number): Float32Array {
  const column = new Float32Array(count);
  for (let i = 0; i < count; i++) column[i] = rows[i * width + at];
  return column.filter((value) => !Number.isNaN(value));
}

/**
 * One number for a label from its activations over the patches, with what tells how steady they were.
 *
 * @param values without NaN; sorted in place
 */
export function poolLabel(label: string, values: Float32Array): PooledScore {
  values.sort();
  const n = values.length;
  const drop = Math.floor(TRIMMED * n);
  const mean = meanOf(values);
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return {
    label,
    mean,
    trimmedMean: meanOf(values.subarray(drop, n - drop)),
    std: n > 1 ? Math.sqrt(squares / n) : null,
    min: n > 0 ? values[0] : 0,
    max: n > 0 ? values[n - 1] : 0,
  };
}

function meanOf(values: Float32Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return values.length > 0 ? sum / values.length : 0;
}
