import { isAbsolute, relative, sep } from 'node:path';

const ignoresCase = process.platform === 'win32' || process.platform === 'darwin';

/** The relative path when `path` is `root` or below it, else null. Both are absolute and real. */
export function insideOf(root: string, path: string, ignoring = ignoresCase): string | null {
  // Two spellings of one path differ on the disks of Windows and macOS only by letter case and Unicode form.
  const same = (text: string) => (ignoring ? text.normalize('NFC').toLowerCase() : text);
  const between = relative(same(root), same(path));
  if (isAbsolute(between) || between === '..' || between.startsWith(`..${sep}`)) return null;
  if (between === '') return '';
  // As it is spelled, by its names: a spelling may be longer than the other.
  return path.split(sep).slice(-between.split(sep).length).join('/');
}
