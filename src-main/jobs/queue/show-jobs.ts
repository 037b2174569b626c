import type { JobView } from './contract';
import type { Job } from './job';
import { progressOf } from './progress';
import type { Queue } from './queue';

export interface ShowJobsDeps {
  readonly queue: Pick<Queue, 'live' | 'kinds'>;
  /** Which of these jobs have changed files that can be put back. */
  readonly undoable: (jobIds: readonly number[]) => ReadonlySet<number>;
}

export type ShowJobs = (jobs: readonly Job[]) => JobView[];

/** Jobs as the API shows them. */
export function createShowJobs({ queue, undoable }: ShowJobsDeps): ShowJobs {
  const { kinds } = queue;

  function show(job: Job): Omit<JobView, 'can_undo'> {
    const live = queue.live(job.id);
    return {
      id: job.id,
      path: job.path,
      status: job.status === 'skipped' ? 'done' : job.status,
      started_at: job.startedAt,
      finished_at: job.finishedAt,
      error_message: job.errorMessage,
      force: job.force,
      kind: job.kind,
      label: kinds.labelOf(job.kind),
      created_at: job.createdAt,
      outcome: job.status === 'skipped' ? 'skipped' : job.status === 'error' ? 'failed' : job.outcome,
      outcome_label: job.outcome && kinds.outcomeLabelOf(job.kind, job.outcome),
      reason: job.reasonCode,
      phase: live?.phase ?? null,
      phase_label: live ? kinds.phaseLabelOf(job.kind, live.phase) : null,
      progress: progressOf(job, live),
      attempts: job.attempts,
      track_id: job.trackId,
      batch_id: job.batchId,
    };
  }

  return (jobs) => {
    const canUndo = undoable(jobs.map(({ id }) => id));
    return jobs.map((job) => ({ ...show(job), can_undo: canUndo.has(job.id) }));
  };
}
