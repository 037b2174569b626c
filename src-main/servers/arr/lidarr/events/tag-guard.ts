import type { SafeFiles } from '../../../../files/safe-files';
import type { WriteResult } from '../../../../library/tagging';
import type { StoredTrack } from '../../../../library/tracks';
import type { AlarmClock } from '../../../../platform/clock';
import { getStamp, isSameStamp } from '../../../../platform/file-stamp';
import type { Health } from '../../../../platform/health';
import type { LidarrStore } from '../store';

export interface TagGuardDeps {
  readonly store: LidarrStore;
  readonly health: Pick<Health, 'report'>;
  readonly writer: Pick<SafeFiles, 'list'>;
  /** Our tags in a file, by key without the namespace. */
  readonly readOurTags: (path: string) => Promise<Readonly<Record<string, readonly string[]>>>;
  /** Writes the tags of a track from its stored analysis. */
  readonly rewrite: (track: StoredTrack) => Promise<WriteResult>;
  readonly clock: Pick<AlarmClock, 'now'>;
}

const DAY_MS = 86_400_000;
const MAX_A_DAY = 3;
const PART = 'overwritten-tags';

/**
 * Writes our tags again that other programs removed, at most three times a day for a file; then it warns.
 */
export function createTagGuard({ store, health, writer, readOurTags, rewrite, clock }: TagGuardDeps) {
  function warn(): void {
    store.removeRestoredBefore(clock.now() - DAY_MS);
    const files = store.countRestoredOften(MAX_A_DAY);
    const what = files === 1 ? 'a file' : `${files} files`;
    const message = `Another tool is overwriting tags: ours were removed from ${what} ${MAX_A_DAY} times within a day and are left out now. In Lidarr, switch off "Scrub Existing Tags" under Metadata.`;
    health.report(PART, files > 0 ? { severity: 'degraded', message } : undefined);
  }

  return {
    /** Whether the file is as our last write left it, and whether the tags are gone that we wrote. */
    async inspect(track: StoredTrack): Promise<{ isOurs: boolean; areGone: boolean }> {
      const now = await getStamp(track.absolutePath);
      const [last] = writer.list({ path: track.absolutePath });
      const isOurs = last?.state === 'written' && last.after !== null && isSameStamp(last.after, now);
      const wasTagged = track.taggedAt !== null && track.taggedWith !== '';
      const areGone = wasTagged && Object.keys(await readOurTags(track.absolutePath)).length === 0;
      return { isOurs, areGone };
    },
    /** Writes our tags again, unless that was done too often; returns a sentence on what was done. */
    async restore(track: StoredTrack): Promise<string> {
      if (store.countRestored(track.id, clock.now() - DAY_MS) >= MAX_A_DAY) {
        warn();
        return 'Our tags were removed again. They are left out now, as this happened three times within a day.';
      }
      const result = await rewrite(track);
      if (result.done === 'left') return `Our tags were removed. ${result.message}`;
      if (result.done === 'unchanged') return 'The file is as it should be.';
      store.noteRestored(track.id, clock.now());
      warn();
      return 'Our tags were removed, and are back.';
    },
    /** Brings the warning up to date; withdraws it when the day is over. */
    warn,
  };
}
export type TagGuard = ReturnType<typeof createTagGuard>;
