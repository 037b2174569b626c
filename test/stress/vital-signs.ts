import { readdirSync, readFileSync } from 'node:fs';

/** What a process that is asked to live forever must not have ever more of. */
export interface VitalSigns {
  readonly atMs: number;
  /** Resident memory. */
  readonly megabytes: number;
  /** Open files, pipes and sockets. */
  readonly files: number;
}

/** Of a process that lives; Linux only. */
export function vitalSignsOf(pid: number): VitalSigns {
  const [, kilobytes] = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))!;
  const files = readdirSync(`/proc/${pid}/fd`).length;
  return { atMs: performance.now(), megabytes: Number(kilobytes) / 1024, files };
}

/** Growth of the resident memory in MB an hour, by the line of least squares. */
export function growthOf(signs: readonly VitalSigns[]): number {
  const mean = (of: (sign: VitalSigns) => number) => signs.reduce((sum, each) => sum + of(each), 0) / signs.length;
  const [x, y] = [mean(({ atMs }) => atMs), mean(({ megabytes }) => megabytes)];
  const above = signs.reduce((sum, { atMs, megabytes }) => sum + (atMs - x) * (megabytes - y), 0);
  const below = signs.reduce((sum, { atMs }) => sum + (atMs - x) ** 2, 0);
  return (above / below) * 3_600_000;
}

/** How many more files are open at the least in the last third than in the first: what comes and goes is none. */
export function leakedFiles(signs: readonly VitalSigns[]): number {
  const third = Math.ceil(signs.length / 3);
  const least = (some: readonly VitalSigns[]) => Math.min(...some.map(({ files }) => files));
  return Math.max(0, least(signs.slice(-third)) - least(signs.slice(0, third)));
}
