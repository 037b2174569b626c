import type { HandlersOf } from '../../rpc';
import type { AuditLog } from '../audit';
import type { Backup } from './backup-files';
import type { Backups } from './backups';
import type { BackupView, backupsContract } from './contract';

export function backupsHandlers(backups: Backups, audit: AuditLog): HandlersOf<typeof backupsContract> {
  const { files } = backups;
  return {
    list: () => ({ folder: files.folder, databaseBytes: backups.sizeBytes(), items: files.list().map(viewOf) }),
    create: async () => viewOf((await backups.make('manual'))!),
    remove({ name }) {
      files.remove(files.get(name));
      return { removed: name };
    },
    async restore({ name }, caller) {
      const { isRestarting } = await backups.restore(name);
      audit.note('backup.restored', caller, { backup: name });
      const when = isRestarting ? 'Tonearm starts again now' : 'At the next start of Tonearm';
      return {
        isRestarting,
        message: `${when}, and ${name} takes the place of the database, which is kept aside. Keys, password and sessions stay those of now.`,
      };
    },
    async check() {
      const began = performance.now();
      const { problems } = await backups.check();
      return { isSound: problems.length === 0, problems, tookMs: Math.round(performance.now() - began) };
    },
  };
}

function viewOf({ name, reason, createdAt, sizeBytes }: Backup): BackupView {
  return { name, reason, createdAt: createdAt.toISOString(), sizeBytes };
}
