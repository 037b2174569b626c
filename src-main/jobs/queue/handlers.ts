import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { SettingsStore } from '../../platform/settings';
import type { Caller, HandlersOf } from '../../rpc';
import { AppError } from '../../rpc';
import type { JobView, QueueSettings, queueContract, TagAnswer, TagRequest } from './contract';
import type { BatchKey, Job, JobSource, JobTarget } from './job';
import { progressOf } from './progress';
import type { Queue } from './queue';

export interface QueueHandlersDeps {
  readonly queue: Queue;
  /** The files behind what was asked for; throws when one of the paths cannot be taken. */
  readonly resolveTargets: (paths: readonly string[], recursive: boolean) => Promise<readonly JobTarget[]>;
  /** Which of these jobs have changed files that can be put back. */
  readonly undoable: (jobIds: readonly number[]) => ReadonlySet<number>;
  readonly settings: Pick<SettingsStore<QueueSettings>, 'current'>;
  /** Resolves with the job once it has ended. Throws `timed_out`, `cancelled`. */
  readonly waitFor: (jobId: number, signal?: AbortSignal) => Promise<Job>;
}

/** Calls of a program for one folder that follow each other so closely belong together. */
const ALBUM_WINDOW_MS = 10_000;

const SOURCE: Readonly<Record<Caller['transport'], JobSource>> = { window: 'window', http: 'api', cli: 'cli' };

export function queueHandlers({
  queue,
  resolveTargets,
  undoable,
  settings,
  waitFor,
}: QueueHandlersDeps): HandlersOf<typeof queueContract> {
  const show = (jobs: readonly Job[]): JobView[] => {
    const canUndo = undoable(jobs.map(({ id }) => id));
    return jobs.map((job) => ({ ...viewOf(job), ...liveOf(job), can_undo: canUndo.has(job.id) }));
  };
  const showOne = (job: Job): JobView => show([job])[0];

  function liveOf(job: Job) {
    const live = queue.live(job.id);
    return { phase: live?.phase ?? null, progress: progressOf(job, live) };
  }

  /** Only programs with a key are made to wait, and only for one file: the window and `nom` look for themselves. */
  async function waits({ path }: TagRequest, { credential }: Caller): Promise<boolean> {
    if (!settings.current.blocking_mode || credential?.kind !== 'key' || path === undefined) return false;
    return (await stat(path)).isFile();
  }

  async function tag(request: TagRequest, caller: Caller): Promise<TagAnswer> {
    const paths = request.paths ?? [request.path!];
    const targets = await resolveTargets(paths, request.recursive);
    const { jobIds, batchId } = await queue.enqueue({
      kind: 'tag',
      title: titleOf(paths, targets.length),
      source: SOURCE[caller.transport],
      targets,
      force: request.force,
      writeTags: request.write,
      options: { preset: request.preset },
      batch: batchKeyFor(paths, targets, caller),
    });
    const ended =
      jobIds.length === 1 && (await waits(request, caller)) ? await waitFor(jobIds[0], caller.signal) : null;
    const { pending, running } = queue.views.totals().jobs;
    return {
      ...(ended && showOne(ended)),
      ...(jobIds.length === 1 && { job_id: jobIds[0] }),
      job_ids: [...jobIds],
      files_queued: jobIds.length,
      queue_depth: pending + running,
      path: request.path,
      status: ended ? (ended.status === 'error' ? 'error' : 'done') : 'queued',
      blocking: ended !== null,
      batch_id: batchId,
    };
  }

  const removed = (count: number) => ({
    removed: count,
    status: 'success' as const,
    message: counted(count, 'removed'),
  });
  const worker = (message: string) => ({
    status: 'success' as const,
    message,
    worker_enabled: !queue.isPaused(),
  });

  return {
    tag,
    depth() {
      const { jobs } = queue.views.totals();
      return { pending: jobs.pending, running: jobs.running, completed: jobs.done + jobs.skipped, errors: jobs.error };
    },
    status: () => queue.status(),
    list({ limit, offset, status }) {
      const { jobs } = queue.views.totals();
      const counts = { ...jobs, done: jobs.done + jobs.skipped };
      const total = status ? counts[status] : Object.values(jobs).reduce((a, b) => a + b);
      const filter = status === 'done' ? 'ended_well' : status;
      return { jobs: show(queue.views.list(filter, limit, offset)), total, limit, offset, counts };
    },
    get: ({ job_id }) => showOne(queue.get(job_id)),
    clearAll: async () => removed(await queue.clear()),
    clearPending: async () => removed(await queue.clear(['pending'])),
    clearCompleted: async () => removed(await queue.clear(['done', 'skipped'])),
    clearErrors: async () => removed(await queue.clear(['error'])),
    remove({ job_id }) {
      queue.remove(job_id);
      return removed(1);
    },
    cancel: ({ job_id }) => showOne(queue.cancel(job_id)),
    retry({ job_id }) {
      if (job_id === undefined) return { queued: queue.retryFailed() };
      queue.retry(job_id);
      return { queued: 1 };
    },
    moveToFront: ({ job_id }) => showOne(queue.moveToFront(job_id)),
    reset({ stuck, errors }) {
      const reset = (stuck ? queue.resetStuck() : 0) + (errors ? queue.retryFailed() : 0);
      return { reset, status: 'success', message: counted(reset, 'put back into the queue') };
    },
    async cleanup({ max_age_hours }) {
      return { status: 'ok', max_age_hours, jobs_removed: await queue.cleanUp(max_age_hours) };
    },
    batches: ({ limit }) => ({ items: queue.views.listBatches(limit) }),
    batch({ batch_id }) {
      const batch = queue.views.findBatch(batch_id);
      if (!batch) throw new AppError('not_found', `There is no batch ${batch_id}. It may have been cleaned up.`);
      return batch;
    },
    pause() {
      queue.pause();
      return worker('The queue is paused. What runs now is finished first.');
    },
    resume() {
      queue.resume();
      return worker('The queue goes on.');
    },
  };
}

function viewOf(job: Job): Omit<JobView, 'can_undo' | 'phase' | 'progress'> {
  return {
    id: job.id,
    path: job.path,
    status: job.status === 'skipped' ? 'done' : job.status,
    started_at: job.startedAt,
    finished_at: job.finishedAt,
    error_message: job.errorMessage,
    force: job.force,
    kind: job.kind,
    created_at: job.createdAt,
    outcome: job.status === 'skipped' ? 'skipped' : job.status === 'error' ? 'failed' : job.outcome,
    reason: job.reasonCode,
    attempts: job.attempts,
    track_id: job.trackId,
    batch_id: job.batchId,
  };
}

function titleOf(paths: readonly string[], files: number): string {
  const name = basename(paths[0]) || paths[0];
  if (files === 1) return name;
  return paths.length === 1 ? `${files} files in ${name}` : `${files} files`;
}

/** An album comes from a program as one call for each file, or as several for its folder: one batch for people. */
function batchKeyFor(
  [path, ...more]: readonly string[],
  targets: readonly JobTarget[],
  { credential }: Caller,
): BatchKey | undefined {
  if (credential?.kind !== 'key' || more.length > 0) return undefined;
  const folder = targets.length === 1 ? dirname(targets[0].path) : path;
  return { by: `key ${credential.id} ${folder}`, withinMs: ALBUM_WINDOW_MS, title: `Files in ${basename(folder)}` };
}

const counted = (count: number, done: string): string => `${count} ${count === 1 ? 'job' : 'jobs'} ${done}.`;
