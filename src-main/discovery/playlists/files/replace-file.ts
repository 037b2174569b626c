import { randomBytes } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../../../rpc';

/**
 * Puts a whole text in the place of a file, and makes its folder where that is missing: nobody ever sees half of it.
 * Throws `disk_full`, `not_writable`.
 */
export async function replaceFile(path: string, content: string): Promise<void> {
  const beside = join(dirname(path), `.tonearm-${randomBytes(6).toString('hex')}.tmp`);
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(beside, 'wx');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (thrown) {
    await rm(beside, { force: true }).catch(() => {});
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOSPC') throw new AppError('disk_full', `There is no space left for ${path}.`, { cause: thrown });
    throw new AppError('not_writable', `${path} cannot be written (${code}).`, { cause: thrown });
  }
}
