import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';

/** SHA-256 of files, in hex; computed again only when size or time of a file changed. */
export function createFileSums() {
  const known = new Map<string, { stamp: string; sha256: string }>();
  return {
    /** Undefined when the file cannot be read. */
    find(file: string): string | undefined {
      try {
        const { size, mtimeMs } = statSync(file);
        const stamp = `${size}:${mtimeMs}`;
        const before = known.get(file);
        if (before?.stamp === stamp) return before.sha256;
        const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
        known.set(file, { stamp, sha256 });
        return sha256;
      } catch {
        return undefined;
      }
    },
  };
}
export type FileSums = ReturnType<typeof createFileSums>;
