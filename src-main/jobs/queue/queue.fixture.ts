import { aClock } from '../../../test/support/alarm-clock';
import { aScheduler } from '../../../test/support/scheduler';
import { EVENTS, type EventName, SETTINGS } from '../../app/contract';
import { type Database, openDatabase } from '../../platform/database';
import { createEventBus } from '../../platform/events';
import { createSettings } from '../../platform/settings';
import { jobCleanUpTask } from './clean-up-task';
import { CALLER_SOURCE, type JobRequest, type JobRunner, type JobSource } from './job/job';
import type { JobKind, Suspension } from './job/job-kinds';
import { createQueue } from './queue';

export const SOURCES = {
  window: CALLER_SOURCE.window,
  api: CALLER_SOURCE.http,
  lidarr: { name: 'lidarr', priority: 150 },
  scan: { name: 'scan', priority: 0 },
} as const satisfies Record<string, JobSource>;

/** A kind of job that a test is not about. */
export const aKind = (kind: string, run: JobRunner, given: Partial<JobKind> = {}): JobKind => ({
  ...{ kind, label: kind, concurrency: () => 1, weight: 0, priority: 0, run, progressWords: {}, outcomeWords: {} },
  ...given,
});

export function aQueue(options: {
  db?: Database;
  tag?: JobRunner;
  scan?: JobRunner;
  concurrency?: number;
  offlineLibraries?: () => number[];
  suspension?: Suspension;
  /** Besides `tag` and `scan`. */
  kinds?: readonly JobKind[];
}) {
  const db = options.db ?? openDatabase(':memory:');
  const events = createEventBus(EVENTS, (thrown) => {
    throw thrown;
  });
  const clock = aClock();
  const emitted: { name: EventName; payload: unknown }[] = [];
  events.onAny((name, payload) => emitted.push({ name, payload }));
  const finish: JobRunner = async () => ({ outcome: 'analyzed' });
  const settings = createSettings(db, events, SETTINGS);
  const failures: unknown[] = [];
  const queue = createQueue({
    db,
    events,
    settings,
    clock,
    kinds: [
      aKind('tag', options.tag ?? finish, {
        ...{ weight: 1, priority: 1, isOfFile: true, suspension: options.suspension },
        concurrency: () => options.concurrency ?? 1,
      }),
      aKind('scan', options.scan ?? finish),
      ...(options.kinds ?? []),
    ],
    offlineLibraries: options.offlineLibraries,
    report: (thrown) => failures.push(thrown),
  });
  const scheduler = aScheduler(clock);
  scheduler.add(jobCleanUpTask(queue, settings));
  const ask = (paths: readonly string[], changes: Partial<JobRequest> = {}) =>
    queue.enqueue({
      kind: 'tag',
      title: 'some files',
      source: SOURCES.window,
      targets: paths.map((path) => ({ path })),
      ...changes,
    });
  return { db, queue, events, ask, clock, scheduler, settings, emitted, failures };
}

export function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** Lets promises go on until something holds; they need no time, so a few hundred rounds are enough. */
export async function until(holds: () => boolean): Promise<void> {
  for (let round = 0; round < 500 && !holds(); round++) await new Promise((resolve) => setImmediate(resolve));
  if (!holds()) throw new Error('It did not come to hold.');
}

/** Jobs of every status, some of them ended, put straight into the table. */
export function addJobs(db: Database, count: number): void {
  db.exec(`
    WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ${count})
    INSERT INTO job (kind, path, status, created_at, finished_at)
    SELECT 'tag', '/music/' || n, iif(n % 3 = 2, 'pending', iif(n % 3 = 1, 'skipped', 'done')), '', iif(n % 3 = 2, NULL, '')
    FROM number`);
}
