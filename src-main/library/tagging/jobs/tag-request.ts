import { stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import {
  CALLER_SOURCE,
  type Job,
  type JobRequest,
  type JobTarget,
  type Queue,
  type ShowJobs,
} from '../../../jobs/queue';
import type { QueueSettings, TagAnswer, TagRequest } from '../../../jobs/queue/contract';
import type { SettingsStore } from '../../../platform/settings';
import type { Caller } from '../../../rpc';
import { TAG_JOB } from './job-kinds';
import type { PassedReason, WhyPassed } from './why-passed';

export interface TagRequestDeps {
  readonly queue: Pick<Queue, 'enqueue' | 'views'>;
  /** The files of the paths that were asked for; throws when one of the paths cannot be taken. */
  readonly resolveTargets: (paths: readonly string[], recursive: boolean) => Promise<readonly JobTarget[]>;
  readonly whyPassed: WhyPassed;
  readonly settings: Pick<SettingsStore<QueueSettings>, 'current'>;
  /** Resolves with the job once it has ended. Throws `timed_out`, `cancelled`. */
  readonly waitFor: (jobId: number, signal?: AbortSignal) => Promise<Job>;
  readonly show: ShowJobs;
  /** Whether the person said that the files of a library may be written. */
  readonly mayWrite: (libraryId: number) => boolean;
}

/** Requests of a program for files of one folder join one batch when they follow each other this closely. */
const ALBUM_WINDOW_MS = 10_000;

/** Queues the analysis of files and folders that a person or a program names. */
export function createTagRequest(deps: TagRequestDeps) {
  const { queue, resolveTargets, whyPassed, settings, waitFor, show, mayWrite } = deps;
  /** Only programs with a key wait for the end, and only for one file: the window and `nom` follow the job. */
  async function isBlocking({ path }: TagRequest, { credential }: Caller): Promise<boolean> {
    if (!settings.current.blocking_mode || credential?.kind !== 'key' || path === undefined) return false;
    return (await stat(path)).isFile();
  }

  /** Those that a job has something to do for, where only they are asked for. */
  async function due(all: readonly JobTarget[], { only_due, force, write, preset }: TagRequest) {
    const passed: Partial<Record<PassedReason, number>> = {};
    if (!only_due || force || preset) return { targets: all, passed };
    const targets: JobTarget[] = [];
    for (const target of all) {
      const reason = await whyPassed(target, write);
      if (reason) passed[reason] = (passed[reason] ?? 0) + 1;
      else targets.push(target);
    }
    return { targets, passed };
  }

  /** A key for webhooks was given to another program: it writes only where a person has said that this may be. */
  const isAllowedToWrite = (targets: readonly JobTarget[], { scope }: Caller): boolean =>
    scope !== 'webhook' || targets.every(({ libraryId }) => libraryId != null && mayWrite(libraryId));

  return async function tag(request: TagRequest, caller: Caller): Promise<TagAnswer> {
    const paths = request.paths ?? [request.path!];
    const all = await resolveTargets(paths, request.recursive);
    const { targets, passed } = await due(all, request);
    const { jobIds, batchId } = await queue.enqueue({
      kind: TAG_JOB,
      title: titleOf(paths, all.length),
      source: CALLER_SOURCE[caller.transport],
      targets,
      passed,
      force: request.force,
      writeTags: request.write && isAllowedToWrite(targets, caller),
      options: { preset: request.preset },
      batch: batchKeyFor(paths, targets, caller),
    });
    const isAwaited = jobIds.length === 1 && (await isBlocking(request, caller));
    const ended = isAwaited ? await waitFor(jobIds[0], caller.signal) : null;
    const { pending, running } = queue.views.totals().jobs;
    return {
      ...(ended && show([ended])[0]),
      ...(jobIds.length === 1 && { job_id: jobIds[0] }),
      job_ids: [...jobIds],
      files_queued: jobIds.length,
      ...(request.only_due && { passed }),
      queue_depth: pending + running,
      path: request.path,
      status: ended ? (ended.status === 'error' ? 'error' : 'done') : 'queued',
      blocking: ended !== null,
      batch_id: batchId,
    };
  };
}

function titleOf(paths: readonly string[], files: number): string {
  const name = basename(paths[0]) || paths[0];
  if (files === 1) return name;
  return paths.length === 1 ? `${files} files in ${name}` : `${files} files`;
}

/** A program names an album file by file, or its folder several times: one batch for people. */
function batchKeyFor(
  [path, ...more]: readonly string[],
  targets: readonly JobTarget[],
  { credential }: Caller,
): JobRequest['batch'] {
  if (credential?.kind !== 'key' || more.length > 0) return undefined;
  const folder = targets.length === 1 ? dirname(targets[0].path) : path;
  return { by: `key ${credential.id} ${folder}`, withinMs: ALBUM_WINDOW_MS, title: `Files in ${basename(folder)}` };
}
