import type { Database, Reader } from '../database';
import type { EventBus } from '../events';
import type { Queue } from '../queue';
import { createMoodStore } from '../tagging';
import { createApplyJob } from './apply-job';
import { createCalibrationReader } from './in-force';
import type { MoodQueries } from './mood-queries';

export interface CalibrationDeps {
  readonly db: Database;
  readonly reader: Reader<MoodQueries>;
  readonly events: EventBus;
  readonly enqueue: Queue['enqueue'];
}

/** What the library's scores are measured by, and the moods that follow from it. */
export function createCalibration({ db, reader, events, enqueue }: CalibrationDeps) {
  const { inForce } = createCalibrationReader(db);
  const moods = createMoodStore(db);

  return {
    inForce,
    moods,
    applyJob: createApplyJob({ reader, moods, events }),
    /** Queues the deciding of moods that were never decided, or under something else than what is in force. */
    async catchUp(): Promise<void> {
      const due = await reader.read('calibration.countDue', {});
      if (due === 0) return;
      const title = due === 1 ? 'Moods of 1 track' : `Moods of ${due} tracks`;
      await enqueue({ kind: 'calibrate', title, source: 'scan', targets: [{ path: 'Moods of the library' }] });
    },
  };
}
export type Calibrations = ReturnType<typeof createCalibration>;
