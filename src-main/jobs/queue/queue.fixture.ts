import { aClock } from '../../../test/support/alarm-clock';
import { EVENTS, type EventName, SETTINGS } from '../../app/contract';
import { type Database, openDatabase } from '../../platform/database';
import { createEventBus } from '../../platform/events';
import { createSettings } from '../../platform/settings';
import type { JobRequest, JobRunner } from './job';
import { createQueue, type QueueDeps } from './queue';

export function aQueue(options: {
  db?: Database;
  tag?: JobRunner;
  scan?: JobRunner;
  concurrency?: number;
  offlineLibraries?: () => number[];
  suspension?: QueueDeps['suspension'];
}) {
  const db = options.db ?? openDatabase(':memory:');
  const events = createEventBus(EVENTS, (thrown) => {
    throw thrown;
  });
  const clock = aClock();
  const analyzed: { name: EventName; payload: unknown }[] = [];
  events.onAny((name, payload) => analyzed.push({ name, payload }));
  const finish: JobRunner = async () => ({ outcome: 'analyzed' });
  const settings = createSettings(db, events, SETTINGS);
  const failures: unknown[] = [];
  const queue = createQueue({
    db,
    events,
    settings,
    clock,
    runners: { tag: options.tag ?? finish, scan: options.scan ?? finish },
    concurrency: () => options.concurrency ?? 1,
    offlineLibraries: options.offlineLibraries,
    suspension: options.suspension,
    report: (thrown) => failures.push(thrown),
  });
  const ask = (paths: readonly string[], changes: Partial<JobRequest> = {}) =>
    queue.enqueue({
      kind: 'tag',
      title: 'some files',
      source: 'window',
      targets: paths.map((path) => ({ path })),
      ...changes,
    });
  return { db, queue, events, ask, clock, settings, analyzed, failures };
}

export function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

/** Lets promises go on until something holds; they need no time, so a few hundred rounds are enough. */
export async function settle(holds: () => boolean): Promise<void> {
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
