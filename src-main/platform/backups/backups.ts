import { statSync } from 'node:fs';
import { AppError } from '../../rpc';
import { type AlarmClock, wallClock } from '../clock';
import type { Health } from '../health';
import { runInThread } from '../worker-thread';
import type { Backup, Reason } from './backup-files';
import type { CopyRequest, CopyResult } from './copy-database';
import type { SafelyOpened } from './open-database-safely';
import { wishRestore } from './restore';
import type { CheckRequest, DatabaseCheck } from './thread';

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

/** Makes backups, checks the database, and prepares its restoring. */
export function createBackups({ database, kept, backupEntry: entry, health, report, ...deps }: BackupsDeps) {
  const { clock = wallClock, restart } = deps;
  const { files, warning } = kept;
  if (warning) health.report('database', { severity: 'degraded', message: warning });
  let making: Promise<unknown> = Promise.resolve();
  const stopping = new AbortController();

  /** One after the other. Undefined: nothing has changed since the newest, which is enough for a daily one. */
  function make(reason: Reason, signal = stopping.signal): Promise<Backup | undefined> {
    const made = making.then(() => makeNow(reason, AbortSignal.any([stopping.signal, signal])));
    making = made.catch(() => {});
    return made;
  }

  async function makeNow(reason: Reason, signal: AbortSignal): Promise<Backup | undefined> {
    const target = files.newFile(reason, new Date(clock.now()));
    const unlessLike = reason === 'daily' ? files.list()[0]?.file : undefined;
    const input = { source: database, target, unlessLike };
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

  return {
    files,
    make,
    /** Checks what is too large to be checked before the start. */
    start(): void {
      if (kept.needsCheck) checkLarge().catch(report);
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
      stopping.abort(new AppError('cancelled', 'Tonearm is closing.'));
      await making;
    },
  };
}
export type Backups = ReturnType<typeof createBackups>;

/** Whoever asked still gets the answer. */
const RESTART_MS = 300;
