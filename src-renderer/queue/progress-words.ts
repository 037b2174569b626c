import type { QueueStatus } from '../../src-main/jobs/queue/contract';
import { count, number, span, spanRange } from '../ui';

/** The state of the queue in one sentence. */
export function headlineOf(status: QueueStatus): string {
  const left = status.pending + status.running;
  if (left === 0) {
    if (status.errors > 0) return `${count(status.errors, 'job')} failed`;
    return status.paused ? 'Paused; nothing waits' : 'Nothing to do';
  }
  if (status.paused) return status.running > 0 ? 'Pausing after the running tracks' : 'Paused';
  if (status.held_reason) return status.held_reason;
  return status.running > 0 ? 'Working' : 'Waiting';
}

/** How many jobs ended, of all that are known; bar, text and counts are of the same. */
export function doneOf(status: QueueStatus): { done: number; total: number; share: number } {
  const done = status.completed + status.errors;
  const total = done + status.pending + status.running;
  return { done, total, share: total > 0 ? done / total : 0 };
}

/** `213 of 5,120 jobs`: every job counts, however it ended. */
export function countLine(status: QueueStatus): string {
  const { done, total } = doneOf(status);
  return `${number(done)} of ${count(total, 'job')}`;
}

/** `35–50 min`; why there is nothing to tell otherwise. */
export function timeLeft(status: QueueStatus): string {
  if (status.pending + status.running === 0) return '–';
  if (status.paused) return 'paused';
  if (status.eta_low !== null && status.eta_high !== null) return `${spanRange(status.eta_low, status.eta_high)}`;
  if (status.eta !== null) return `about ${span(status.eta)}`;
  return 'not known yet';
}

/** `×37 real time` */
export function speedLine(status: QueueStatus): string {
  if (status.speed === null) return '–';
  return `×${status.speed >= 10 ? Math.round(status.speed) : status.speed.toFixed(1)} real time`;
}
