import { AppError } from '../../rpc';
import type { Toolkit } from './desktop-parts';

/** A damaged database can be replaced by its newest backup, when there is one and the person wants it. */
export async function wantsRestore({ dialog }: Pick<Toolkit, 'dialog'>, thrown: unknown): Promise<boolean> {
  if (!(thrown instanceof AppError) || thrown.code !== 'database_damaged') return false;
  const [facts] = thrown.details as { newestBackup?: string | null }[];
  if (!facts?.newestBackup) return false;
  const { response } = await dialog.showMessageBox({
    type: 'error',
    message: 'The database of Tonearm cannot be used.',
    detail: `${thrown.message}\n\nYour music is not concerned. What was done since the backup is not in it.`,
    buttons: ['Restore the newest backup', 'Quit'],
    defaultId: 0,
    cancelId: 1,
  });
  return response === 0;
}
