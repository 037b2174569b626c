import type { AlarmClock } from '../../../../platform/clock';
import type { LidarrEvent } from '../payloads';

/** What happened to one file of the server. */
export interface FileChange {
  readonly kind: 'imported' | 'deleted' | 'renamed' | 'retagged';
  readonly path: string;
}

const MAX_REMEMBERED = 50_000;
/** Clocks of two machines differ, and a webhook may be posted before its row of the history is written. */
const SAME_WITHIN_MS = 10 * 60_000;

/** Remembers which changes webhooks posted, so that the history, which has them too, does not bring them again. */
export function createPostedChanges(clock: Pick<AlarmClock, 'now'>) {
  const postedAt = new Map<string, number>();

  return {
    remember(connectionId: number, event: LidarrEvent): void {
      for (const change of changesOf(event)) {
        const key = keyOf(connectionId, change);
        postedAt.delete(key);
        postedAt.set(key, clock.now());
      }
      for (const key of postedAt.keys()) {
        if (postedAt.size <= MAX_REMEMBERED) break;
        postedAt.delete(key);
      }
    },
    /** Whether a webhook posted the same change around that time, ISO 8601. */
    wasPosted: (connectionId: number, change: FileChange, date: string): boolean =>
      (postedAt.get(keyOf(connectionId, change)) ?? 0) >= Date.parse(date) - SAME_WITHIN_MS,
  };
}
export type PostedChanges = ReturnType<typeof createPostedChanges>;

const keyOf = (connectionId: number, { kind, path }: FileChange) => `${connectionId} ${kind} ${path}`;

function changesOf(event: LidarrEvent): FileChange[] {
  switch (event.type) {
    case 'imported':
      return [
        ...event.files.map(({ path }) => ({ kind: 'imported' as const, path })),
        ...event.deleted.map(({ path }) => ({ kind: 'deleted' as const, path })),
      ];
    case 'renamed':
      return event.files.map(({ to }) => ({ kind: 'renamed' as const, path: to }));
    case 'retagged':
      return [{ kind: 'retagged', path: event.file.path }];
    default:
      return [];
  }
}
