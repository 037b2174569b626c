import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import { byName } from '../../platform/natural-order';
import { AppError } from '../../rpc';
import type { Library } from './contract';
import { confine } from './store';

export interface FolderView {
  readonly path: string;
  readonly entries: { name: string; is_dir: boolean }[];
}

/**
 * The entries of a folder, folders first; hidden ones and whatever is neither file nor folder left out. A path that is
 * not absolute begins at the default library; without a path the roots of the libraries are told. Throws
 * `outside_library` for what leads out of every library, also by a link; `not_found`; `busy` while there is no library.
 */
export async function browse(path: string, libraries: readonly Library[]): Promise<FolderView> {
  if (libraries.length === 0) throw new AppError('busy', 'There is no library yet. Add its folder first.');
  if (path === '') return { path, entries: libraries.map(({ root_path: name }) => ({ name, is_dir: true })) };
  const folder = await folderInside(path, libraries);
  const entries = (await entriesOf(folder, path)).filter(
    (entry) => !entry.name.startsWith('.') && (entry.isDirectory() || entry.isFile()),
  );
  const view = entries.map((entry) => ({ name: entry.name, is_dir: entry.isDirectory() }));
  return { path, entries: view.sort(foldersFirst) };
}

async function folderInside(path: string, libraries: readonly Library[]): Promise<string> {
  const candidates = isAbsolute(path) ? libraries : libraries.filter(({ is_default }) => is_default);
  for (const { root_path: root } of candidates) {
    const inside = await confine(root, path).catch((thrown: unknown) => {
      if (thrown instanceof AppError && thrown.code === 'outside_library') return null;
      throw thrown;
    });
    if (inside !== null) return join(root, inside);
  }
  throw new AppError('outside_library', `"${path}" is not inside any library.`);
}

async function entriesOf(folder: string, path: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === 'ENOTDIR') throw new AppError('invalid_input', `"${path}" is a file, not a folder.`, { cause });
    throw new AppError('not_found', `"${path}" is not there, or may not be read.`, { cause });
  }
}

function foldersFirst(a: FolderView['entries'][number], b: FolderView['entries'][number]): number {
  return Number(b.is_dir) - Number(a.is_dir) || byName(a.name, b.name);
}
