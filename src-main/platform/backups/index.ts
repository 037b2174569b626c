/**
 * Backups: copies of the database, made each day and before anything that could harm it, each checked; what is seen of
 * the database's health; and the way back when it is damaged. Owns the folder `backups`, whose files say all about
 * themselves, because they must be readable when the database is not, and owns the table `opened_by`. In a copy is all that
 * Tonearm knows: libraries, scores, journal, settings. Not in it are the models, and `secret.key`, so that no copy
 * carries what opens the passwords of other servers.
 */

export { createBackupFiles, type Reason } from './backup-files';
export { createBackups } from './backups';
export { dailyBackupTask } from './daily-backup';
export { backupsHandlers } from './handlers';
export { openDatabaseSafely } from './open-database-safely';
export { restoreNow } from './restore';
