import type { QueueEvents, QueueStatus } from '../../jobs/queue/contract';
import type { EventBus } from '../../platform/events';

/** Work that took less than this was watched. */
const LEAST_MS = 60_000;

export interface DoneNoticeParts {
  readonly events: EventBus<QueueEvents>;
  /** Milliseconds that only grow. */
  readonly now: () => number;
  /** Whether the person sees the window, and so how far it is. */
  readonly isSeen: () => boolean;
  readonly tell: (text: string) => void;
}

/** Tells once when the queue has come to its end after more than a minute, if nobody was looking. Gives its end. */
export function tellWhenDone({ events, now, isSeen, tell }: DoneNoticeParts): () => void {
  let begun: { at: number; status: QueueStatus } | undefined;
  return events.on('queue.status', (status) => {
    if (status.pending + status.running > 0) begun ??= { at: now(), status };
    else if (begun) {
      const { at, status: before } = begun;
      begun = undefined;
      if (now() - at >= LEAST_MS && !isSeen()) tell(doneLine(before, status));
    }
  });
}

/** `2,180 done, 41 skipped, 2 failed`: what ended between two moments. */
function doneLine(before: QueueStatus, after: QueueStatus): string {
  const since = (name: 'completed' | 'skipped' | 'errors') => after[name] - before[name];
  const parts = [
    ['done', since('completed') - since('skipped')],
    ['skipped', since('skipped')],
    ['failed', since('errors')],
  ] as const;
  const said = parts.filter(([, count]) => count > 0).map(([word, count]) => `${count.toLocaleString('en')} ${word}`);
  return said.join(', ') || 'Nothing is left to do';
}
