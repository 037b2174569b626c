import type { BatchSummary, JobView, TagAnswer } from '../../src-main/jobs/queue/contract';
import type { UndoSummary } from '../../src-main/library/tagging/contract';
import { api, queryClient } from '../api';
import { attempt, count, number, tellDone, tellUndoable } from '../ui';
import { reasonWords } from './reason-words';

function refresh() {
  for (const call of [api.queue.list, api.queue.status, api.queue.batches, api.tracks.get]) {
    void queryClient.invalidateQueries({ queryKey: [call.procedureName] });
  }
}

async function change<T>(action: () => Promise<T>, words: (value: T) => string | undefined) {
  const isDone = await attempt(action, words);
  refresh();
  return isDone;
}

export const pauseQueue = () =>
  change(
    () => api.queue.pause({}),
    () => 'Paused. Running tracks are finished first; nothing is lost.',
  );
export const resumeQueue = () =>
  change(
    () => api.queue.resume({}),
    () => 'Going on.',
  );
export const cancelJob = (job: JobView) =>
  change(
    () => api.queue.cancel({ job_id: job.id }),
    () => 'Cancelled.',
  );
export const retryJob = (job: JobView) =>
  change(
    () => api.queue.retry({ job_id: job.id }),
    () => 'Queued again.',
  );
export const retryFailed = () =>
  change(
    () => api.queue.retry({}),
    ({ queued }) => `${count(queued, 'failed job')} queued again.`,
  );
export const moveToFront = (job: JobView) =>
  change(
    () => api.queue.moveToFront({ job_id: job.id }),
    () => 'This one is next.',
  );
export const clearCompleted = () =>
  clear(
    () => api.queue.clearCompleted({}),
    (removed) => `${count(removed, 'finished job')} taken off the list.`,
  );
export const clearWaiting = () =>
  clear(
    () => api.queue.clearPending({}),
    (removed) => `${count(removed, 'waiting job')} taken out of the queue. What runs is finished.`,
  );

interface Cleared {
  readonly removed: number;
  readonly clearing: number | null;
}

/** Takes jobs away, and puts them back as they were when the person did not mean it. */
function clear(action: () => Promise<Cleared>, words: (removed: number) => string) {
  return change(action, ({ removed, clearing }) => {
    if (clearing === null) return 'There was nothing to take away.';
    tellUndoable(words(removed), () => void restore(clearing));
    return undefined;
  });
}

const restore = (clearing: number) =>
  change(
    () => api.queue.restore({ clearing }),
    ({ restored }) => `${count(restored, 'job')} put back.`,
  );

/** Cancels what is left of one request. */
export const cancelBatch = (batchId: number) =>
  change(
    () => api.queue.cancelBatch({ batch_id: batchId }),
    ({ cancelled }) => `${count(cancelled, 'job')} cancelled. What was written can be undone.`,
  );

export const undoJob = (job: JobView) => undo(() => api.tagging.undoJob({ job_id: job.id }));
export const undoBatch = (batch: Pick<BatchSummary, 'id'>) => undo(() => api.tagging.undoBatch({ batch_id: batch.id }));
export const undoFile = (path: string) => undo(() => api.tagging.undoFile({ path }));

/** Queues files for analysis, which writes nothing; with force also those that were analyzed before. */
export const analyzeFiles = (paths: string[], force: boolean) =>
  change(() => api.queue.tag({ paths, force, write: false, only_due: !force }), queuedWords);

/** How many files were queued, and how many of them needed no job and why. */
export function queuedWords({ files_queued, passed = {} }: Pick<TagAnswer, 'files_queued' | 'passed'>): string {
  const reasons = Object.entries(passed).filter(([, files]) => files > 0);
  if (reasons.length === 0) return `${count(files_queued, 'file')} queued.`;
  const why = reasons.map(([reason, files]) => `${number(files)} ${reasonWords(reason)}`).join(', ');
  return `${count(files_queued, 'file')} queued; left out: ${why}.`;
}

function undo(action: () => Promise<UndoSummary>) {
  return change(action, ({ undone, refused }) => {
    if (undone > 0) tellDone(`${count(undone, 'file')} put back as before, byte for byte.`);
    const [first] = refused;
    if (first) throw new Error(`${count(refused.length, 'file')} left as before: ${first.message}`);
    return undone === 0 ? 'There was nothing to put back.' : undefined;
  });
}
