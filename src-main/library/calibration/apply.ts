import type { JobSource, Queue } from '../../jobs/queue';
import type { Reader } from '../../platform/database';
import { AppError } from '../../rpc';
import { CALIBRATE_JOB } from './calibrate-job';
import type { MoodQueries } from './measure';
import type { CalibrationRepository, CalibrationVersion } from './store';

export interface ApplyDeps {
  readonly repository: CalibrationRepository;
  readonly reader: Reader<MoodQueries>;
  readonly enqueue: Queue['enqueue'];
  /** Emits the event. */
  readonly changed: () => void;
}

export interface ApplyOptions {
  readonly source: JobSource;
  /** Write the files whose moods have changed. */
  readonly rewriteTags: boolean;
}

export interface Applied {
  /** Tracks whose moods are decided anew. */
  readonly queued: number;
  readonly message: string;
  readonly job_id: number | null;
}

/** Puts versions into force. From then on new analyses go by it; a job brings the moods of all others to it. */
export function createApply({ repository, reader, enqueue, changed }: ApplyDeps) {
  async function putIntoForce(analysisVersion: string, id: number | null, options: ApplyOptions): Promise<Applied> {
    repository.activate(analysisVersion, id);
    changed();
    const name = id === null ? 'the raw scores' : `calibration ${id}`;
    const jobId = await decideAll(`Moods by ${name}`, options);
    const queued = await reader.read('calibration.countDue', {});
    return { queued, job_id: jobId, message: `Queued ${queued} tracks for recalibration` };
  }

  async function decideAll(title: string, { source, rewriteTags }: ApplyOptions): Promise<number> {
    const { jobIds } = await enqueue({
      ...{ kind: CALIBRATE_JOB, title, source },
      targets: [{ path: 'Moods of the library' }],
      writeTags: rewriteTags,
    });
    return jobIds[0];
  }

  function inForceNow(): CalibrationVersion {
    const active = repository.findInForce();
    if (!active) throw new AppError('conflict', 'No calibration is in force, so there is nothing to undo.');
    return active;
  }

  return {
    decideAll,
    /** Throws `not_found`. */
    async activate(id: number, options: ApplyOptions): Promise<Applied> {
      const version = repository.find(id);
      if (!version) throw new AppError('not_found', `There is no calibration ${id}.`);
      return putIntoForce(version.analysisVersion, id, options);
    },
    /** Throws `conflict` when there is none yet. */
    async activateNewest(options: ApplyOptions): Promise<Applied> {
      const [newest] = repository.list();
      if (!newest) throw new AppError('conflict', 'There is no calibration yet. Generate one first.');
      return putIntoForce(newest.analysisVersion, newest.id, options);
    },
    /** Back to what was in force before the one that is now; or to none at once. Throws `conflict`. */
    async rollBack(toNone: boolean, options: ApplyOptions): Promise<Applied> {
      const now = inForceNow();
      const before = toNone ? undefined : repository.findUsedBefore(now);
      return putIntoForce(now.analysisVersion, before?.id ?? null, options);
    },
  };
}
