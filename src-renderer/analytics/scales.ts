import type { Column } from './Bars';

interface Year {
  readonly year: number;
  readonly count: number;
}
interface Tempo {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

/** More years than this are shown as decades. */
const MAX_YEARS = 30;

/** Years as columns without gaps: by the year, or by the decade where they reach far back. */
export function yearColumns(years: readonly Year[]): Column[] {
  if (years.length === 0) return [];
  const span = years[years.length - 1].year - years[0].year;
  const step = span > MAX_YEARS ? 10 : 1;
  const counts = new Map<number, number>();
  for (const { year, count } of years) {
    const from = Math.floor(year / step) * step;
    counts.set(from, (counts.get(from) ?? 0) + count);
  }
  const words = step === 1 ? String : (from: number) => `${from}s`;
  const isSparse = span > 40 * step;
  return filled(counts, step, isSparse).map(([from, count]) => ({
    name: shortYear(from, step),
    words: words(from),
    count,
  }));
}

const shortYear = (from: number, step: number) =>
  step === 1 ? `’${String(from % 100).padStart(2, '0')}` : String(from);

/** The tempo histogram as columns without gaps. */
export function tempoColumns(tempos: readonly Tempo[]): Column[] {
  const step = tempos.length > 0 ? tempos[0].to - tempos[0].from : 1;
  return filled(new Map(tempos.map(({ from, count }) => [from, count])), step, false).map(([from, count]) => ({
    name: String(from),
    words: `${from} to ${from + step} BPM`,
    count,
  }));
}

/** With a zero for each step that is missing in between; a wrong year far away must not make a thousand of them. */
function filled(counts: ReadonlyMap<number, number>, step: number, isSparse: boolean): [number, number][] {
  const known = [...counts].sort((a, b) => a[0] - b[0]);
  if (known.length === 0 || isSparse) return known;
  const first = known[0][0];
  const length = (known[known.length - 1][0] - first) / step + 1;
  return Array.from({ length }, (_, index) => [first + index * step, counts.get(first + index * step) ?? 0]);
}
