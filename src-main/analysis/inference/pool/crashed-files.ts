import { statSync } from 'node:fs';
import type { AlarmClock } from '../../../platform/clock';
import { type FileStamp, stampOf } from '../../../platform/file-stamp';
import { AppError } from '../../../rpc';
import type { AnalyzeOptions } from '../analyze';
import type { QuarantineRepository } from '../results';
import { createCrashLedger } from './crash-ledger';
import type { WorkerDeath } from './worker-process';

/** Crashes over one file that put it into quarantine. */
const CRASHES_OF_A_FILE = 2;
const QUARANTINE_REASON = 'crashed the analyzer';

export interface CrashedFilesParts {
  readonly quarantine: Pick<QuarantineRepository, 'add' | 'findReason'>;
  /** The analysis version that these options make. */
  readonly versionOf: (options: AnalyzeOptions) => string;
  readonly clock: AlarmClock;
  readonly crashWindowMs: number;
}

export interface FileToAnalyze {
  readonly file: string;
  readonly options: AnalyzeOptions;
}

/** Which files workers died over: the first time is worth another try, the second puts the file into quarantine. */
export function createCrashedFiles({ quarantine, versionOf, clock, crashWindowMs }: CrashedFilesParts) {
  const ledger = createCrashLedger(clock, crashWindowMs);

  function putAway({ file, options }: FileToAnalyze, death: WorkerDeath): AppError {
    const stamp = stampNow(file);
    ledger.forget(file);
    if (stamp) quarantine.add(file, stamp, versionOf(options), QUARANTINE_REASON);
    return quarantined(`${QUARANTINE_REASON}. ${death.message}`);
  }

  return {
    /** Throws `not_found`, and `quarantined` for a file that brought workers down before. */
    refuseQuarantined({ file, options }: FileToAnalyze): void {
      const stamp = stampNow(file);
      if (!stamp) throw new AppError('not_found', 'The file is not there any more.');
      const reason = quarantine.findReason(file, stamp, versionOf(options));
      if (reason) throw quarantined(reason);
    },
    /**
     * Counts a worker's death. Gives what to tell whoever asked for the file, and how many workers died lately.
     *
     * @param before crashes over the file that were counted before this process began
     */
    died(
      death: WorkerDeath,
      task?: FileToAnalyze,
      before?: number,
    ): { reason: AppError | undefined; recently: number } {
      const { ofFile, recently } = ledger.crashed(task?.file, before);
      const reason = task && (ofFile < CRASHES_OF_A_FILE ? crashed(death) : putAway(task, death));
      return { reason, recently };
    },
    forget: ledger.forget,
    forgive: ledger.forgive,
  };
}

const crashed = (death: WorkerDeath) =>
  new AppError('worker_crashed', `The analyzer was lost over this file. ${death.message}`, { cause: death });

const quarantined = (reason: string) =>
  new AppError('quarantined', `The file is left alone until it or the models change: it ${reason}`);

/** At once: a file that is asked for must be in line before anybody else gets a turn. */
function stampNow(file: string): FileStamp | undefined {
  const found = statSync(file, { throwIfNoEntry: false });
  return found && stampOf(found);
}
