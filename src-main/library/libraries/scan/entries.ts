import type { Dirent } from 'node:fs';
import { access, readdir } from 'node:fs/promises';
import { showBytes } from '../../../platform/paths';

/** A path below the library's root: as text, and as bytes where the text alone would not lead to it. */
export interface DiskPlace {
  /** Relative, forward slashes; empty for the root. */
  readonly path: string;
  readonly bytes: Buffer | null;
}

export interface Entry extends DiskPlace {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link' | 'unknown' | 'other';
}

/** What names a folder holds. Replaced in tests by one that fails where a test wants it to. */
export type ListFolder = (root: string, folder: DiskPlace) => Promise<Entry[]>;

/** Where a place is on disk, for the functions of `node:fs`. */
export function onDisk(root: string, place: DiskPlace): string | Buffer {
  if (place.bytes) return Buffer.concat([Buffer.from(`${root}/`), place.bytes]);
  return place.path === '' ? root : `${root}/${place.path}`;
}

/**
 * The place that a path of text stands for, also where `showBytes` made the text; a name spelled like that goes first.
 */
export async function placeShown(root: string, path: string): Promise<DiskPlace> {
  const plain = { path, bytes: null };
  const parts = path.split(/(\\x[89A-F][0-9A-F])/);
  if (parts.length === 1) return plain;
  const isThere = await access(onDisk(root, plain)).then(
    () => true,
    () => false,
  );
  const bytes = parts.map((part, at) => (at % 2 === 0 ? Buffer.from(part) : Buffer.from(part.slice(2), 'hex')));
  return isThere ? plain : { path, bytes: Buffer.concat(bytes) };
}

export const listFolder: ListFolder = async (root, folder) => {
  const path = onDisk(root, folder);
  const entries = await readdir(path, { withFileTypes: true });
  // Only where the usual reading lost something are the names read again as bytes.
  if (!folder.bytes && !entries.some(({ name }) => name.includes('\ufffd'))) {
    return entries.map((entry) => ({ ...below(folder, entry.name, null), kind: kindOf(entry) }));
  }
  const raw = await readdir(path, { withFileTypes: true, encoding: 'buffer' });
  return raw.map((entry) => ({ ...below(folder, showBytes(entry.name), entry.name), kind: kindOf(entry) }));
};

function below(folder: DiskPlace, name: string, raw: Buffer | null): DiskPlace & { name: string } {
  const path = folder.path === '' ? name : `${folder.path}/${name}`;
  if (!raw || (!folder.bytes && raw.equals(Buffer.from(name)))) return { path, bytes: null, name };
  const parent = folder.bytes ?? Buffer.from(folder.path);
  return { path, bytes: parent.length > 0 ? Buffer.concat([parent, Buffer.from('/'), raw]) : raw, name };
}

function kindOf(entry: Dirent | Dirent<Buffer>): Entry['kind'] {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  if (entry.isSymbolicLink()) return 'link';
  const isSpecial = entry.isFIFO() || entry.isSocket() || entry.isBlockDevice() || entry.isCharacterDevice();
  // Some network file systems do not say what an entry is.
  return isSpecial ? 'other' : 'unknown';
}
