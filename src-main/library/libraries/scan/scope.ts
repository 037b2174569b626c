import { folderOf } from '../../tracks';
import type { ScanError } from '../store';

/** The folders that a scan is about: relative to the root, empty for all of it. */
export interface ScanRegion {
  readonly folder: string;
  readonly recursive: boolean;
}

/** Where a scan can tell that a file is gone: in what it was asked to look at, less what it could not read. */
export interface ScanScope {
  /** The folders that could not be read, and links that were not followed. */
  readonly errors: ScanError[];
  expects(path: string): boolean;
}

export function scopeOf(regions: readonly ScanRegion[]): ScanScope & { fail(error: ScanError): void } {
  const errors: ScanError[] = [];
  const failed = new Set<string>();
  const holds = (region: ScanRegion, folder: string) =>
    folder === region.folder || (region.recursive && isBelow(region.folder, folder));
  return {
    errors,
    fail(error) {
      errors.push(error);
      failed.add(error.path);
    },
    expects(path) {
      const folder = folderOf(path);
      return regions.some((region) => holds(region, folder)) && !ancestors(folder).some((above) => failed.has(above));
    },
  };
}

function isBelow(folder: string, other: string): boolean {
  return folder === '' || other.startsWith(`${folder}/`);
}

/** `a/b` → `a/b`, `a`, and the root. */
function ancestors(folder: string): string[] {
  const above = [folder];
  for (let at = folder; at !== ''; above.push(at)) at = folderOf(at);
  return above;
}
