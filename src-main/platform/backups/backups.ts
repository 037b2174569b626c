import { statSync } from 'node:fs';
import { AppError, toFailure } from '../../rpc';
import { type AlarmClock, wallClock } from '../clock';
import type { Health } from '../health';
import { runInThread } from '../worker-thread';
import type { Backup, Reason } from './backup-files';
import type { CopyRequest, CopyResult } from './copy-database';
import type { SafelyOpened } from './open-database-safely';
import { wishRestore } from './restore';
import type { CheckRequest, DatabaseCheck } from './thread';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** After a start, when a backup is due: not before everything else has come to rest. */
const AFTER_START_MS = 5 * 60_000;

export interface BackupsDeps {
  readonly database: string;
  readonly kept: Pick<SafelyOpened, 'files' | 'warning' | 'needsCheck'>;
  /** The thread's script. */
  readonly backupEntry: string;
  readonly health: Pick<Health, 'report'>;
  readonly report: (thrown: unknown) => void;
  readonly clock?: AlarmClock;
  /** Ends the process and starts it again, if this process can. */
  readonly restart?: () => void;
}

/** Makes backups, by the clock and when asked; checks the database; prepares its restoring. */
export function createBackups({ database, kept, backupEntry: entry, health, report, ...deps }: BackupsDeps) {
  const { clock = wallClock, restart } = deps;
  const { files, warning } = kept;
  if (warning) health.report('database', { severity: 'degraded', message: warning });
  let making: Promise<unknown> = Promise.resolve();
  let stopWaiting = () => {};
  const stopping = new AbortController();

  /** One after the other. Undefined: nothing has changed since the newest, which is enough for a daily one. */
  function make(reason: Reason): Promise<Backup | undefined> {
    const made = making.then(() => makeNow(reason));
    making = made.catch(() => {});
    return made;
  }

  async function makeNow(reason: Reason): Promise<Backup | undefined> {
    const target = files.newFile(reason, new Date(clock.now()));
    const unlessLike = reason === 'daily' ? files.list()[0]?.file : undefined;
    const input = { source: database, target, unlessLike };
    const { signal } = stopping;
    const { isMade } = await runInThread<CopyRequest, CopyResult>({ entry, input, signal });
    files.prune();
    return isMade ? files.list().find(({ file }) => file === target) : undefined;
  }

  function checkFile(file: string): Promise<DatabaseCheck> {
    const { signal } = stopping;
    return runInThread<CheckRequest, DatabaseCheck>({ entry, input: { database: file }, signal });
  }

  /** What is too much to be read before the start is read after it. */
  async function checkLarge(): Promise<void> {
    const { problems } = await checkFile(database);
    if (problems.length === 0) return;
    const message = `The database is damaged (${problems[0]}). "nom restore latest" puts the newest good backup in its place.`;
    health.report('database', { severity: 'failed', message });
  }

  async function makeDaily(): Promise<void> {
    let wait = DAY_MS;
    try {
      await make('daily');
      health.report('backups', undefined);
    } catch (thrown) {
      if (stopping.signal.aborted) return;
      const { code, message } = toFailure(thrown);
      if (!(thrown instanceof AppError)) report(thrown);
      const severity = code === 'database_damaged' ? 'failed' : 'degraded';
      health.report('backups', { severity, message: `The daily backup could not be made: ${message}` });
      wait = HOUR_MS;
    }
    sleepUntil(clock.now() + wait);
  }

  /** In short naps: a machine that slept, or whose clock was set, is not a day late for it. */
  function sleepUntil(due: number): void {
    if (stopping.signal.aborted) return;
    const left = due - clock.now();
    const nap = Math.min(Math.max(left, 0), HOUR_MS);
    stopWaiting = clock.after(nap, () => (left <= nap || left > DAY_MS ? void makeDaily() : sleepUntil(due)));
  }

  return {
    files,
    make,
    /** Begins to make one each day that something changed. */
    start(): void {
      if (kept.needsCheck) checkLarge().catch(report);
      const newest = files.list().find(({ reason }) => reason === 'daily');
      const due = newest ? newest.createdAt.getTime() + DAY_MS : 0;
      sleepUntil(Math.max(due, clock.now() + AFTER_START_MS));
    },
    /** Every page, index and reference. */
    check: () => checkFile(database),
    /** Checks a backup whole, and has the next start put it in place of the database. Tells whether that is now. */
    async restore(name: string): Promise<{ isRestarting: boolean }> {
      const { file } = files.get(name);
      const { problems } = await checkFile(file);
      if (problems.length > 0)
        throw new AppError('database_damaged', `The backup ${name} is damaged (${problems[0]}). Nothing was changed.`);
      wishRestore({ database }, file, new Date(clock.now()));
      if (restart) clock.after(RESTART_MS, restart);
      return { isRestarting: restart !== undefined };
    },
    sizeBytes: () => statSync(database).size,
    async stop(): Promise<void> {
      stopWaiting();
      stopping.abort(new AppError('cancelled', 'Tonearm is closing.'));
      await making;
    },
  };
}
export type Backups = ReturnType<typeof createBackups>;

/** Whoever asked still gets the answer. */
const RESTART_MS = 300;
