import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../rpc';
import type { CalibrationFile } from './export-files';

/** Writes files into a folder, each whole or not at all; gives back their paths. Throws `not_writable`. */
export async function saveFiles(folder: string, files: readonly CalibrationFile[]): Promise<string[]> {
  try {
    await mkdir(folder, { recursive: true });
    const saved: string[] = [];
    for (const { name, content } of files) {
      const path = join(folder, name.replace(/[^\w.-]+/g, '_'));
      await writeFile(`${path}.part`, `${JSON.stringify(content, null, 2)}\n`);
      await rename(`${path}.part`, path);
      saved.push(path);
    }
    return saved;
  } catch (cause) {
    throw new AppError('not_writable', `The files of the calibration could not be written into ${folder}.`, { cause });
  }
}
