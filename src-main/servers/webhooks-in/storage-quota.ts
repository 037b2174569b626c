import { type AlarmClock, wallClock } from '../../platform/clock';
import { AppError } from '../../rpc';
import type { EventRepository, NewEvent } from './event-repository';

/** What the events of one connection may take together: some 200 000 small ones. */
const MAX_BYTES = 64 * 2 ** 20;
/** Room is made by so much at once, so that not every event has to look for it. */
const MADE_AT_ONCE = MAX_BYTES / 8;
/** To look through all that is stored takes a good part of a second. */
const FULL_FOR_MS = 10_000;
/** The columns beside the body, with their indexes. */
const ROW_BYTES = 350;

/**
 * Keeps what a server can make us store within bounds: the oldest events go first that are over, then those that wait for
 * a path mapping.
 */
export function createStorageQuota(
  repository: Pick<EventRepository, 'storedBytes' | 'removeOldest'>,
  clock: Pick<AlarmClock, 'now'> = wallClock,
) {
  const used = new Map<number, number>();
  /** By connection, until when no room is looked for: what is stored waited to be processed. */
  const fullUntil = new Map<number, number>();

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
      if (total > MAX_BYTES && clock.now() < (fullUntil.get(connectionId) ?? 0)) throw tooMany();
      // Others remove events as well, so that it is counted anew before anything goes.
      if (total > MAX_BYTES) total = counted(connectionId) + own;
      if (total > MAX_BYTES) {
        const wanted = total - MAX_BYTES + MADE_AT_ONCE;
        const room = freed(connectionId, wanted);
        if (room < wanted) fullUntil.set(connectionId, clock.now() + FULL_FOR_MS);
        total -= room;
      }
      if (total > MAX_BYTES) throw tooMany();
      used.set(connectionId, total);
    },
  };

  function counted(connectionId: number): number {
    const { bytes, events } = repository.storedBytes(connectionId);
    return bytes + events * ROW_BYTES;
  }
}

const tooMany = (): AppError =>
  new AppError('rate_limited', 'Too many events of this server wait to be processed. Send it again later.', {
    details: [{ retryAfterS: 60 }],
  });
