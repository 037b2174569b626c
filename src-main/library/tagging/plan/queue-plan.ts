import type { JobSource, JobTarget, Queue } from '../../../jobs/queue';
import type { TrackRepository } from '../../tracks';
import { WRITE_JOB } from '../jobs';
import type { WritePlan } from './contract';
import type { PlanStore } from './plan-store';

export interface QueuePlanDeps {
  readonly store: Pick<PlanStore, 'listToWrite' | 'setBatch'>;
  readonly tracks: Pick<TrackRepository, 'find'>;
  readonly enqueue: Queue['enqueue'];
}

/** Jobs that are queued at once. */
const QUEUED_AT_ONCE = 2000;
/** Every part of one plan joins its batch. */
const BATCH_WINDOW_MS = 3_600_000;

/** Queues what a plan says, page by page, as one batch that accounts for every file of the plan. */
export function createQueuePlan({ store, tracks, enqueue }: QueuePlanDeps) {
  /** A page of a plan as jobs. */
  function targetsOf(id: number, after: number): { targets: JobTarget[]; last: number; isEnd: boolean } {
    const files = store.listToWrite(id, after, QUEUED_AT_ONCE);
    const targets = files.flatMap(({ trackId, digest }): JobTarget[] => {
      const track = tracks.find(trackId);
      if (!track) return [];
      const { absolutePath: path, libraryId, durationMs: audioMs } = track;
      return [{ path, libraryId, trackId, audioMs, options: { planned: digest } }];
    });
    return { targets, last: files.at(-1)?.trackId ?? after, isEnd: files.length < QUEUED_AT_ONCE };
  }

  return async function queuePlan(plan: WritePlan, source: JobSource) {
    const batch = { by: `write plan ${plan.id}`, withinMs: BATCH_WINDOW_MS, title: plan.title };
    const passed = Object.fromEntries(plan.refused.map(({ reason, files }) => [reason, files]));
    let queued = 0;
    let batchId: number | null = null;
    for (let page = targetsOf(plan.id, 0); ; page = targetsOf(plan.id, page.last)) {
      const enqueued = await enqueue({
        ...{ kind: WRITE_JOB, title: plan.title, source, batch, writeTags: true, targets: page.targets },
        passed: batchId === null ? { ...passed, up_to_date: plan.unchanged } : {},
      });
      if (batchId === null) store.setBatch(plan.id, enqueued.batchId);
      batchId = enqueued.batchId;
      queued += enqueued.added;
      if (page.isEnd) return { queued, batchId };
    }
  };
}
