import { type FileHandle, open, stat } from 'node:fs/promises';
import { unsupported } from './unsupported';

/** Bytes of a file by position. A read beyond the end gives fewer bytes. */
export interface Source {
  readonly size: number;
  read(offset: number, length: number): Promise<Buffer>;
}

const WINDOW = 256 * 1024;

interface Window {
  readonly start: number;
  readonly bytes: Buffer;
}

/**
 * A source over an open file, with two windows of read-ahead, as tags stand at both ends: walking their small structures
 * costs few reads.
 */
export function sourceOf(handle: FileHandle, size: number): Source {
  let windows: readonly Window[] = [];
  async function fill(offset: number, length: number): Promise<Buffer> {
    const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(length, size - offset)));
    let filled = 0;
    while (filled < buffer.length) {
      const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, offset + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  }
  return {
    size,
    async read(offset, length) {
      if (length > WINDOW) return fill(offset, length);
      const end = Math.min(size, offset + length);
      let window = windows.find(({ start, bytes }) => offset >= start && end <= start + bytes.length);
      window ??= { start: offset, bytes: await fill(offset, WINDOW) };
      if (window !== windows[0]) windows = [window, ...windows.filter((each) => each !== window).slice(0, 1)];
      return window.bytes.subarray(offset - window.start, offset - window.start + length);
    },
  };
}

/** A source over bytes in memory. */
export function sourceOfBytes(bytes: Uint8Array): Source {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return { size: buffer.length, read: async (offset, length) => buffer.subarray(offset, offset + length) };
}

/** Opens a file for reading as long as `use` takes. Throws `unsupported_file` for what is no plain file. */
export async function withSource<T>(path: string, use: (source: Source) => Promise<T>): Promise<T> {
  // Opening a pipe would wait for someone to write into it.
  if (!(await stat(path)).isFile()) throw unsupported('This is not a file.');
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    return await use(sourceOf(handle, size));
  } finally {
    await handle.close();
  }
}

/** Hands a range of the source to `take`, piece by piece. */
export async function eachPiece(
  source: Source,
  range: { offset: number; length: number },
  take: (piece: Buffer) => void | Promise<void>,
): Promise<void> {
  const end = Math.min(source.size, range.offset + range.length);
  for (let at = range.offset; at < end; ) {
    const piece = await source.read(at, Math.min(4 * WINDOW, end - at));
    if (piece.length === 0) return;
    await take(piece);
    at += piece.length;
  }
}
