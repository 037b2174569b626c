import type { AlarmClock } from '../../platform/clock';

/** How long a full disk is left alone before it is tried again. */
const PAUSE_MS = 60_000;

/**
 * Keeps the queue from beginning jobs while the disk is full, because each would fail in the same way. It ends after a
 * minute, or when a person resumes the queue.
 *
 * @param onEnd the disk is to be tried again
 */
export function createDiskFullPause(clock: AlarmClock, onEnd: () => void) {
  let reason: string | null = null;
  let cancelAlarm = () => {};

  function end(): void {
    if (reason === null) return;
    reason = null;
    cancelAlarm();
    onEnd();
  }

  return {
    /** For people; null while the disk is not full. */
    reason: () => reason,
    begin(message: string): void {
      if (reason !== null) return;
      reason = message;
      cancelAlarm = clock.after(PAUSE_MS, end);
    },
    end,
    /** The application closes. */
    stop: () => cancelAlarm(),
  };
}
