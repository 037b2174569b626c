import { accessSync, constants } from 'node:fs';
import { tmpdir } from 'node:os';

/** True in runs for figures, which take their time; a plain test run does the same with fewer cases. */
export const isLong = process.env.TONEARM_FIGURES === '1';

/** How many cases to go through. */
export const times = (short: number, long: number): number => (isLong ? long : short);

/** A folder in memory, where a sync costs nothing; for what needs many of them and no disk. */
export const memory: string = (() => {
  try {
    accessSync('/dev/shm', constants.W_OK);
    return '/dev/shm';
  } catch {
    return tmpdir();
  }
})();
