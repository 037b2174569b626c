import { MultiBar, Presets, type SingleBar } from 'cli-progress';
import type { BatchSummary, QueueStatus } from '../../../jobs/queue/contract';
import type { Output } from './output';

/** A bar on stderr that follows a request for work; nothing where no terminal is. */
export function createBatchBar(output: Output) {
  if (!output.isTerminal) return { update: () => {}, stop: () => {} };
  const bars = new MultiBar(
    {
      stream: output.stderr,
      format: '{bar} {value}/{total} {left} {failed}',
      hideCursor: true,
      clearOnComplete: true,
      gracefulExit: false,
    },
    Presets.shades_grey,
  );
  let bar: SingleBar | undefined;
  return {
    update(batch: BatchSummary, status: QueueStatus): void {
      const ended = batch.found - batch.pending - batch.running;
      const failed = totalOf(batch.failed);
      const about = { left: timeLeft(status), failed: failed > 0 ? `${failed} failed` : '' };
      bar ??= bars.create(batch.found, ended, about);
      bar.setTotal(batch.found);
      bar.update(ended, about);
    },
    stop: () => bars.stop(),
  };
}

function timeLeft({ eta_low: low, eta_high: high, speed }: QueueStatus): string {
  if (low === null || high === null) return '';
  const pace = speed === null ? '' : ` at ${speed.toFixed(0)}× real time`;
  return low === high ? `about ${duration(low)} left${pace}` : `${duration(low)} to ${duration(high)} left${pace}`;
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5400 ? `${Math.ceil(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}

/** `found 12 = 10 written + 1 skipped (too short) + 1 failed (unreadable audio)`: every file accounted for. */
export function reconcile(batch: BatchSummary, verb = 'written'): string {
  const parts = [`${batch.done} ${verb}`];
  const waiting = batch.pending + batch.running;
  if (batch.skipped.length > 0) parts.push(`${totalOf(batch.skipped)} skipped (${reasons(batch.skipped)})`);
  if (batch.failed.length > 0) parts.push(`${totalOf(batch.failed)} failed (${reasons(batch.failed)})`);
  if (waiting > 0) parts.push(`${waiting} still queued`);
  return `found ${batch.found} = ${parts.join(' + ')}`;
}

export function totalOf(groups: BatchSummary['failed']): number {
  return groups.reduce((sum, { count }) => sum + count, 0);
}

function reasons(groups: BatchSummary['failed']): string {
  return groups
    .map(({ reason, count }) => (groups.length > 1 ? `${count} ${words(reason)}` : words(reason)))
    .join(', ');
}

const words = (reason: string) => reason.replaceAll('_', ' ');
