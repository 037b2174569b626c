/** How long all of the torture may take: `npm run torture -- --minutes 10`. */
export const MINUTES = Number(process.env.TONEARM_MINUTES) || 4;

/** Torture runs that share the minutes. */
const RUNS = 4;

/** Another seed for each run, told with the figures; `TONEARM_SEED` repeats one. */
export const SEED = Number(process.env.TONEARM_SEED) || Math.floor(Date.now() / 1000);

/** True as long as this run's share of the minutes lasts, from the call on. */
export function untilOver(): () => boolean {
  const deadline = performance.now() + (MINUTES * 60_000) / RUNS;
  return () => performance.now() < deadline;
}
