import { dirname } from 'node:path';
import type { QueueEvents, QueueStatus } from '../../../jobs/queue/contract';
import type { TaggingEvents } from '../../../library/tagging/contract';
import type { AlarmClock } from '../../../platform/clock';
import type { EventBus } from '../../../platform/events';

const QUIET_MS = 30_000;
const MAX_MS = 10 * 60_000;
/** More are not worth naming: the server scans everything. */
export const MAX_FOLDERS = 50;

/**
 * Collects the folders in which tags were written, and hands them on once the queue has been quiet for half a minute, or
 * ten minutes after the first write. Of more than `MAX_FOLDERS` it knows one more than that.
 */
export function collectWrittenFolders(
  events: Pick<EventBus<QueueEvents & TaggingEvents>, 'on'>,
  alarms: AlarmClock,
  handOn: (folders: readonly string[]) => void,
) {
  const touched = new Set<string>();
  let firstAt = 0;
  let lastAt = 0;
  let isBusy = false;
  let unsetAlarm = () => {};

  const disposables = [
    events.on('file.written', ({ path }) => noteWritten(path)),
    events.on('queue.status', noteQueue),
  ];

  function noteWritten(path: string): void {
    if (touched.size === 0) firstAt = alarms.now();
    lastAt = alarms.now();
    // One more than is named says as much as a hundred thousand.
    if (touched.size <= MAX_FOLDERS) touched.add(dirname(path));
    setAlarm();
  }

  function noteQueue({ running, pending, paused, held_reason: held }: QueueStatus): void {
    const wasBusy = isBusy;
    isBusy = running > 0 || (pending > 0 && !paused && !held);
    if (wasBusy === isBusy) return;
    lastAt = alarms.now();
    setAlarm();
  }

  function setAlarm(): void {
    unsetAlarm();
    if (touched.size === 0) return;
    const due = isBusy ? firstAt + MAX_MS : Math.min(lastAt + QUIET_MS, firstAt + MAX_MS);
    unsetAlarm = alarms.after(Math.max(0, due - alarms.now()), () => {
      const folders = [...touched];
      touched.clear();
      handOn(folders);
    });
  }

  return {
    stop(): void {
      unsetAlarm();
      for (const dispose of disposables) dispose();
    },
  };
}
