import { open } from 'node:fs/promises';
import { AppError } from '../../../rpc';

/** What decoders are given at once: a piece of highly compressed silence becomes minutes of samples. */
const CHUNK_BYTES = 16 * 1024;
/** What is read at once: each read costs a round trip to another thread. */
const READ_BYTES = 16 * CHUNK_BYTES;

/** Reads a file here and there without ever holding more than what is asked for. */
export interface ByteSource {
  readonly size: number;
  /** Up to `length` bytes from `position`, fewer at the end of the file. The bytes belong to the caller. */
  read(position: number, length: number): Promise<Uint8Array>;
  /** From `start` to `end` (else the end of the file) in pieces of 16 KiB; each belongs to the caller. */
  chunks(start: number, end?: number): AsyncGenerator<Uint8Array>;
  /** Tells that reading is worth going on with. */
  audioRead(): void;
  close(): Promise<void>;
}

/** So many bytes without a sample are no audio file. */
const MAX_SILENT_BYTES = 32 * 1024 * 1024;

/**
 * Opens a file for reading; reading on gives up when much was read and no audio found. Throws `not_found` or
 * `unreadable_audio` with the reason when it cannot be opened.
 */
export async function openByteSource(file: string, signal?: AbortSignal): Promise<ByteSource> {
  const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    throw openFailure(error);
  });
  const stat = await handle.stat();
  if (!stat.isFile()) {
    await handle.close();
    throw new AppError('unsupported_file', 'This is not a file but a folder or a device.');
  }
  let silentBytes = 0;
  const read = async (position: number, length: number): Promise<Uint8Array> => {
    signal?.throwIfAborted();
    if (silentBytes > MAX_SILENT_BYTES) {
      throw new AppError('unreadable_audio', 'In 32 MB of this file there is no sound; it is damaged or no audio.');
    }
    const buffer = new Uint8Array(Math.max(0, Math.min(length, stat.size - position)));
    let filled = 0;
    while (filled < buffer.length) {
      const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, position + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    silentBytes += filled;
    return buffer.subarray(0, filled);
  };
  return {
    size: stat.size,
    read,
    async *chunks(start, end = stat.size) {
      for (let at = start; at < end; ) {
        const bytes = await read(at, Math.min(READ_BYTES, end - at));
        if (bytes.length === 0) return;
        at += bytes.length;
        for (let from = 0; from < bytes.length; from += CHUNK_BYTES) yield bytes.subarray(from, from + CHUNK_BYTES);
      }
    },
    audioRead() {
      silentBytes = 0;
    },
    close: () => handle.close(),
  };
}

function openFailure(error: NodeJS.ErrnoException): AppError {
  if (error.code === 'ENOENT') return new AppError('not_found', 'The file is not there.', { cause: error });
  if (error.code === 'EACCES' || error.code === 'EPERM') {
    return new AppError('unreadable_audio', 'The file may not be read; check its permissions.', { cause: error });
  }
  return new AppError('unreadable_audio', `The file cannot be opened (${error.code ?? 'unknown reason'}).`, {
    cause: error,
  });
}
