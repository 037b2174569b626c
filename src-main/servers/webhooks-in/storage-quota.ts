import { AppError } from '../../rpc';
import type { EventRepository, NewEvent } from './event-repository';

/** What the events of one connection may take together: some 200 000 small ones. */
const MAX_BYTES = 64 * 2 ** 20;
/** Room is made by so much at once, so that not every event has to look for it. */
const MADE_AT_ONCE = MAX_BYTES / 8;
/** The columns beside the body, with their indexes. */
const ROW_BYTES = 350;

/**
 * Keeps what a server can make us store within bounds: the oldest events go first that are over, then those that wait for
 * a path mapping.
 */
export function createStorageQuota(repository: Pick<EventRepository, 'storedBytes' | 'removeOldest'>) {
  const used = new Map<number, number>();

  function freed(connectionId: number, wanted: number): number {
    let bytes = 0;
    for (const kind of ['over', 'unmapped'] as const) {
      while (bytes < wanted) {
        const removed = repository.removeOldest(connectionId, kind);
        if (removed.length === 0) break;
        bytes += removed.reduce((sum, each) => sum + each + ROW_BYTES, 0);
      }
    }
    return bytes;
  }

  return {
    /** Throws `rate_limited` when all that is stored still waits to be processed. */
    makeRoom({ connectionId, raw }: NewEvent): void {
      const own = Buffer.byteLength(raw) + ROW_BYTES;
      let total = (used.get(connectionId) ?? counted(connectionId)) + own;
      // Others remove events as well, so that it is counted anew before anything goes.
      if (total > MAX_BYTES) total = counted(connectionId) + own;
      if (total > MAX_BYTES) total -= freed(connectionId, total - MAX_BYTES + MADE_AT_ONCE);
      if (total > MAX_BYTES)
        throw new AppError(
          'rate_limited',
          'Too many events of this server wait to be processed. Send it again later.',
          {
            details: [{ retryAfterS: 60 }],
          },
        );
      used.set(connectionId, total);
    },
  };

  function counted(connectionId: number): number {
    const { bytes, events } = repository.storedBytes(connectionId);
    return bytes + events * ROW_BYTES;
  }
}
