import type { Database } from '../../../platform/database';
import type { KnownFile, TrackRepository } from '../../tracks';

/** More than this share, or this many, gone at once is rather a drive that is half there than a person tidying up. */
const SUSPICIOUS_SHARE = 0.1;
const SUSPICIOUS_COUNT = 500;
/** So few that a person can see themselves what happened. */
const UNSUSPICIOUS_COUNT = 4;
const CHUNK = 500;

/** The question to a person when suspiciously many tracks are gone; null when they can be marked. */
export function guardAgainstLoss(gone: number, before: number): string | null {
  const isSuspicious = gone > SUSPICIOUS_COUNT || (gone > SUSPICIOUS_SHARE * before && gone > UNSUSPICIOUS_COUNT);
  if (!isSuspicious) return null;
  return `${gone} of ${before} files are not there any more. Nothing was marked missing. Are they gone indeed?`;
}

/** Marks tracks whose file is gone. They keep all that is known of them and come back with their file. */
export async function markMissing(
  gone: readonly KnownFile[],
  { db, tracks, signal }: { db: Database; tracks: Pick<TrackRepository, 'markMissing'>; signal: AbortSignal },
): Promise<void> {
  const at = new Date();
  for (let start = 0; start < gone.length; start += CHUNK) {
    signal.throwIfAborted();
    const ids = gone.slice(start, start + CHUNK).map(({ id }) => id);
    db.transaction(() => tracks.markMissing(ids, at))();
    await new Promise(setImmediate);
  }
}
