import { toFailure } from '../../rpc';
import type { Health } from '../health';
import type { ScheduledTask } from '../scheduler';
import type { Backups } from './backups';

const HOUR_MS = 3_600_000;
/** Not while everything else starts. */
const AFTER_START_MS = 5 * 60_000;

/** Makes a backup each day on which the database has changed; health says when that fails. */
export const dailyBackupTask = ({ make }: Pick<Backups, 'make'>, health: Pick<Health, 'report'>): ScheduledTask => ({
  name: 'backups.daily',
  label: 'Back up the database when it has changed',
  schedule: { everyMs: 24 * HOUR_MS },
  missed: 'run',
  delayMs: AFTER_START_MS,
  retryMs: HOUR_MS,
  async run(signal) {
    try {
      await make('daily', signal);
      health.report('backups', undefined);
    } catch (thrown) {
      const { code, message } = toFailure(thrown);
      const severity = code === 'database_damaged' ? 'failed' : 'degraded';
      if (!signal.aborted)
        health.report('backups', { severity, message: `The daily backup could not be made: ${message}` });
      throw thrown;
    }
  },
});
