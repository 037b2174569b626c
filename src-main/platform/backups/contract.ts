import { z } from 'zod';
import { procedure } from '../../rpc';

export const BackupView = z.object({
  name: z.string(),
  reason: z
    .enum(['daily', 'manual', 'migration', 'update'])
    .describe('Why it was made: by the clock, by a person, or before something'),
  createdAt: z.string(),
  sizeBytes: z.number().int(),
});
export type BackupView = z.infer<typeof BackupView>;

const name = z.string().max(100);

export const backupsContract = {
  list: procedure({
    http: 'GET /api/web/backups',
    access: 'full',
    summary: 'The backups of the database, newest first',
    input: z.object({}),
    output: z.object({ folder: z.string(), databaseBytes: z.number().int(), items: z.array(BackupView) }),
  }),
  create: procedure({
    http: 'POST /api/web/backups',
    access: 'full',
    summary: 'Backs the database up now, and checks the copy',
    input: z.object({}),
    output: BackupView,
  }),
  remove: procedure({
    http: 'DELETE /api/web/backups/:name',
    access: 'full',
    needsConfirmation: true,
    summary: 'Removes a backup',
    input: z.object({ name }),
    output: z.object({ removed: z.string() }),
  }),
  restore: procedure({
    http: 'POST /api/web/backups/:name/restore',
    access: 'full',
    needsConfirmation: true,
    summary:
      'Checks a backup and puts it in the place of the database, which is kept aside; Tonearm starts again for it',
    input: z.object({ name }),
    output: z.object({ isRestarting: z.boolean(), message: z.string() }),
  }),
  check: procedure({
    http: 'POST /api/web/health/check',
    access: 'full',
    summary: 'Checks the whole database: every page, index and reference',
    input: z.object({}),
    output: z.object({ isSound: z.boolean(), problems: z.array(z.string()), tookMs: z.number().int() }),
  }),
};
