import type { AlarmClock } from '../../src-main/platform/clock/clock';

/** A clock that stands until it is moved; alarms go off on the way. */
export function aClock(start = Date.parse('2026-01-01T00:00:00Z')) {
  let time = start;
  let alarms: { at: number; call: () => void }[] = [];
  return {
    now: () => time,
    after(ms: number, call: () => void) {
      const alarm = { at: time + ms, call };
      alarms.push(alarm);
      return () => {
        alarms = alarms.filter((each) => each !== alarm);
      };
    },
    advance(ms: number) {
      const until = time + ms;
      for (;;) {
        const next = alarms.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        alarms = alarms.filter((each) => each !== next);
        time = Math.max(time, next.at);
        next.call();
      }
      time = until;
    },
  } satisfies AlarmClock & { advance(ms: number): void };
}
