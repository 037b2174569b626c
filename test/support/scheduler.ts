import type { AlarmClock } from '../../src-main/platform/clock';
import { createScheduler, type LastRuns } from '../../src-main/platform/scheduler';
import { aClock } from './alarm-clock';

/** Last runs that a test keeps in memory, and may hand to the next scheduler as a restart would. */
export function lastRunsInMemory(): LastRuns {
  const runs = new Map<string, Parameters<LastRuns['save']>[1]>();
  return { find: (name) => runs.get(name), save: (name, run) => void runs.set(name, run) };
}

/** A scheduler whose clock stands unless the test moves it, without jitter; what fails unexpectedly is thrown. */
export function aScheduler(clock: AlarmClock = aClock(), lastRuns = lastRunsInMemory(), timeZone?: string) {
  const report = (thrown: unknown) => {
    throw thrown;
  };
  return createScheduler({ clock, lastRuns, report, timeZone, random: () => 0 });
}
