import type { Job, JobContext, JobResult } from '../../jobs/queue';
import type { Reader } from '../../platform/database';
import type { EventBus } from '../../platform/events';
import type { MoodStore } from '../moods';
import type { TracksEvents } from '../tracks/contract';
import type { CalibrationEvents } from './contract';
import type { MoodQueries } from './measure';

/** Tracks that are written at once: small enough that nobody else waits longer than a few hundredths of a second. */
const CHUNK = 100;

export interface ApplyJobDeps {
  readonly reader: Reader<MoodQueries>;
  readonly moods: Pick<MoodStore, 'keep'>;
  readonly events: Pick<EventBus<CalibrationEvents & TracksEvents>, 'emit'>;
  /** Queues the writing of files that say other moods than were decided. */
  readonly rewrite: () => Promise<number>;
}

type ApplyContext = Pick<JobContext, 'signal' | 'progress'>;

/**
 * Brings the moods of all analyzed tracks to what is in force. What a track's moods were decided from is stored with
 * them, so that a job that was killed goes on with what is left, and a second one finds nothing to do.
 */
export function createApplyJob({ reader, moods, events, rewrite }: ApplyJobDeps) {
  async function decideAll({ signal, progress }: ApplyContext): Promise<number> {
    const total = await reader.read('calibration.countDue', {});
    const ask = (after: number) => reader.read('calibration.decideDue', { after, limit: CHUNK });
    let [done, after] = [0, 0];
    let asked = ask(after);
    for (;;) {
      const decided = await asked;
      signal.throwIfAborted();
      // A pass may have been overtaken by another calibration; only one that finds nothing from the first track on
      // is the last.
      if (decided.length === 0 && after === 0) break;
      after = decided.at(-1)?.trackId ?? 0;
      // The reader thread decides the next while these are written.
      asked = ask(after);
      asked.catch(() => {});
      moods.keep(decided);
      done += decided.length;
      progress(Math.min(1, done / Math.max(total, 1)), 'deciding');
    }
    return done;
  }

  return async function applyJob({ writeTags }: Pick<Job, 'writeTags'>, context: ApplyContext): Promise<JobResult> {
    const done = await decideAll(context);
    if (writeTags) await rewrite();
    events.emit('calibration.changed', {});
    if (done === 0) return { outcome: 'skipped', reason: 'up_to_date', message: 'All moods are as they should be.' };
    events.emit('tracks.changed', { ids: [] });
    return { outcome: 'calibrated' };
  };
}
