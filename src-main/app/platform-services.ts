import { mkdirSync } from 'node:fs';
import { openAuditLog } from '../platform/audit';
import { createAuth, readInstance } from '../platform/auth';
import { createBackups, openDatabaseSafely } from '../platform/backups';
import { systemClock } from '../platform/clock';
import { createReader, lockForThisProcess } from '../platform/database';
import { createEventBus } from '../platform/events';
import { createHealth } from '../platform/health';
import { openLog } from '../platform/logs';
import { type AppPaths, closeDataFolder, dataFolderFailure } from '../platform/paths';
import { createLastRuns, createScheduler } from '../platform/scheduler';
import { createSecretBox, type KeyProtection, openSecretKey, resealOlder } from '../platform/sealing';
import { createSettings } from '../platform/settings';
import { createReadAccess, type WorkerHost } from '../platform/worker-process';
import { EVENTS, SETTINGS } from './contract';
import { createFileReading } from './file-reading';
import type { ReaderQueries } from './reader-queries';
import { SEALED_COLUMNS } from './sealed-columns';

/** What the application needs of the process that runs it. */
export interface AppHost {
  /** Starts what `workerPrograms` names. */
  readonly workers: WorkerHost;
  /** Why this machine cannot run models, or undefined when it can; a test may say so. */
  readonly whyNoInference?: () => string | undefined;
  /** The system's keyring, where the process can reach it: it guards what secrets are sealed with. */
  readonly keyring?: KeyProtection;
  /** Ends the process and starts it again; a process that lives for one command has none. */
  readonly restart?: () => void;
}

/**
 * What all else stands on: the data folder, which is this process's alone, with the log and the database in it; events,
 * settings, accounts and health. Throws `conflict` when another process has the same library open, `not_writable` when
 * the data folder cannot be used.
 */
export async function createPlatformServices(paths: AppPaths, { workers, restart, keyring }: AppHost) {
  const { lock, log, closeLog, kept, secretKey, exposure } = await openDataFolder(paths, keyring).catch((thrown) => {
    throw dataFolderFailure(paths.data, thrown);
  });
  const report = (thrown: unknown) => log.error({ err: thrown }, 'unexpected');
  const { db } = kept;
  const reader = createReader<ReaderQueries>(paths.readerEntry, paths.database, report);
  const readAccess = createReadAccess([paths.data]);
  const fileReading = createFileReading(workers, readAccess);
  const events = createEventBus(EVENTS, report);
  const audit = openAuditLog({ file: paths.auditLog, report });
  const settings = createSettings(db, events, SETTINGS, audit);
  const scheduler = createScheduler({ lastRuns: createLastRuns(paths.schedule), report });
  const secretBox = createSecretBox(db, secretKey);
  resealOlder(db, secretBox, SEALED_COLUMNS);
  const auth = createAuth({ db, clock: systemClock, audit, secretBox });
  const health = createHealth({ events });
  if (secretKey.warning) health.report('secrets', { severity: 'degraded', message: secretKey.warning });
  if (exposure) {
    log.warn(exposure);
    health.report('data-folder', { severity: 'degraded', message: exposure });
  }
  const backups = createBackups({ ...{ kept, health, report, restart }, ...paths });

  return {
    ...{ paths, restart, log, report, db, reader, readAccess, fileReading, events, settings, scheduler, audit, auth },
    ...{ health, backups, secretBox },
    /** Closes everything in the reverse order of its making. */
    async close(): Promise<void> {
      await fileReading.stop();
      await reader.stop();
      await backups.stop();
      kept.close();
      await closeLog();
      lock.release();
    },
  };
}
export type PlatformServices = Awaited<ReturnType<typeof createPlatformServices>>;

async function openDataFolder(paths: AppPaths, keyring: KeyProtection | undefined) {
  mkdirSync(paths.data, { recursive: true, mode: 0o700 });
  const exposure = closeDataFolder(paths.data);
  const lock = lockForThisProcess(paths.lockFile, () => nameOfRunning(paths));
  let closeLog = async () => {};
  try {
    const { log, close } = await openLog(paths.logs);
    closeLog = close;
    const secretKey = await openSecretKey(paths.secretKey, process.env.TONEARM_SECRET_KEY, keyring);
    return { lock, log, closeLog, secretKey, exposure, kept: await openDatabaseSafely(paths) };
  } catch (thrown) {
    await closeLog();
    lock.release();
    throw thrown;
  }
}

function nameOfRunning(paths: AppPaths): string {
  const running = readInstance(paths.instanceFile);
  return running ? `process ${running.pid}` : 'another process';
}
