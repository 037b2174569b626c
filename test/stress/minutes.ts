/** How long all of the torture may take: `npm run torture -- --minutes 10`. */
export const MINUTES = Number(process.env.TONEARM_MINUTES) || 4;

/** Torture runs that share the minutes; whoever asks for one by its name gives it all of them. */
const RUNS = process.env.TONEARM_UNSHARED === '1' ? 1 : 5;

/** Another seed for each run, told with the figures; `TONEARM_SEED` repeats one. */
export const SEED = Number(process.env.TONEARM_SEED) || Math.floor(Date.now() / 1000);

/**
 * True as long as this run's share of the minutes lasts, from the call on.
 *
 * @param part of the share
 */
export function untilOver(part = 1): () => boolean {
  const deadline = performance.now() + (part * MINUTES * 60_000) / RUNS;
  return () => performance.now() < deadline;
}
