import { Cron } from 'croner';
import type { Schedule } from './task';

/**
 * When a task runs next by its schedule.
 *
 * @param lastAt when it ran last; undefined: never
 * @param now milliseconds since 1970, as are `lastAt` and what is returned, which may lie before `now`: that run was
 *   missed
 * @param timeZone as the IANA names it; undefined: that of the machine
 */
export function nextRunAt(schedule: Schedule, lastAt: number | undefined, now: number, timeZone?: string): number {
  if ('everyMs' in schedule) return lastAt === undefined ? now : lastAt + schedule.everyMs;
  return new Cron(patternOf(schedule), { paused: true, timezone: timeZone })
    .nextRun(new Date(lastAt ?? now))!
    .getTime();
}

function patternOf({ at, days }: Extract<Schedule, { at: string }>): string {
  const [hour, minute] = at.split(':').map(Number);
  return `0 ${minute} ${hour} * * ${days?.join(',') ?? '*'}`;
}
