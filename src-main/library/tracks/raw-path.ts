import { open } from 'node:fs/promises';

/**
 * Lends a path of text to a file whose name is not UTF-8, for code that takes nothing else. Such names exist on Linux
 * only, where the open file has a second name under /proc; it also holds for child processes, as long as `use` takes.
 */
export async function withReadablePath<T>(bytes: Buffer, use: (path: string) => Promise<T>): Promise<T> {
  const handle = await open(bytes, 'r');
  try {
    return await use(`/proc/${process.pid}/fd/${handle.fd}`);
  } finally {
    await handle.close();
  }
}
