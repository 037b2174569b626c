import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync, statSync } from 'node:fs';

const AT_ONCE_BYTES = 2 ** 20;

/** SHA-256 of files, in hex; computed again only when a file is another, or its size or one of its times is. */
export function createFileSums() {
  const known = new Map<string, { stamp: string; sha256: string }>();
  return {
    /** Undefined when the file cannot be read, or is none: a device has no end. */
    find(file: string): string | undefined {
      try {
        const stat = statSync(file);
        if (!stat.isFile()) return undefined;
        const stamp = [stat.dev, stat.ino, stat.size, stat.mtimeMs, stat.ctimeMs].join(':');
        const before = known.get(file);
        if (before?.stamp === stamp) return before.sha256;
        const sha256 = sumOf(file);
        known.set(file, { stamp, sha256 });
        return sha256;
      } catch {
        return undefined;
      }
    },
  };
}
export type FileSums = ReturnType<typeof createFileSums>;

/** Bit by bit: a model may be larger than what should be in memory at once. */
function sumOf(file: string): string {
  const hash = createHash('sha256');
  const part = Buffer.allocUnsafe(AT_ONCE_BYTES);
  const handle = openSync(file, 'r');
  try {
    for (let read = readSync(handle, part); read > 0; read = readSync(handle, part))
      hash.update(part.subarray(0, read));
  } finally {
    closeSync(handle);
  }
  return hash.digest('hex');
}
