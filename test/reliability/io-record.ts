import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathOf } from '../support/requirements';

/** One thing that a process asked of the disk, in the order in which it happened. */
export type Operation =
  | { readonly kind: 'create'; readonly file: string; readonly path: string }
  | { readonly kind: 'write'; readonly file: string; readonly offset: number; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly file: string; readonly size: number }
  /** All that was done to the file before is on the disk. */
  | { readonly kind: 'sync'; readonly file: string }
  /** All names that were given and taken in the folder before are on the disk. */
  | { readonly kind: 'syncFolder'; readonly path: string }
  | { readonly kind: 'rename'; readonly path: string; readonly to: string }
  | { readonly kind: 'unlink'; readonly path: string };

/** Builds the recorder into a folder; gives back the environment of a process that shall be recorded. */
export function buildRecorder(folder: string, { below, to }: { below: string; to: string }): NodeJS.ProcessEnv {
  const library = join(folder, 'record-io.so');
  const source = join(import.meta.dirname, 'record-io.c');
  execFileSync(pathOf('gcc'), [
    '-shared',
    '-fPIC',
    '-O1',
    '-Wall',
    '-Werror',
    '-o',
    library,
    source,
    '-ldl',
    '-lpthread',
  ]);
  // Through io_uring nothing would pass by the recorder.
  return { ...process.env, LD_PRELOAD: library, RECORD_TO: to, RECORD_BELOW: below, UV_USE_IO_URING: '0' };
}

/** What was recorded; a record that was begun when the process died is left out. */
export function readRecord(path: string): Operation[] {
  const bytes = readFileSync(path);
  const operations: Operation[] = [];
  for (let at = 0; at + 29 <= bytes.length; ) {
    const [first, second, length] = [17, 21, 25].map((offset) => bytes.readUInt32LE(at + offset));
    const end = at + 29 + first + second + length;
    if (end > bytes.length) break;
    const text = bytes.toString('utf8', at + 29, at + 29 + first);
    operations.push(
      toOperation(String.fromCharCode(bytes[at]), {
        file: String(bytes.readBigUInt64LE(at + 1)),
        offset: Number(bytes.readBigUInt64LE(at + 9)),
        path: text,
        to: bytes.toString('utf8', at + 29 + first, at + 29 + first + second),
        bytes: bytes.subarray(end - length, end),
      }),
    );
    at = end;
  }
  return operations;
}

interface Fields {
  readonly file: string;
  readonly offset: number;
  readonly path: string;
  readonly to: string;
  readonly bytes: Buffer;
}

function toOperation(letter: string, { file, offset, path, to, bytes }: Fields): Operation {
  switch (letter) {
    case 'c':
      return { kind: 'create', file, path };
    case 'w':
      return { kind: 'write', file, offset, bytes };
    case 't':
      return { kind: 'truncate', file, size: offset };
    case 's':
      return { kind: 'sync', file };
    case 'd':
      return { kind: 'syncFolder', path };
    case 'r':
      return { kind: 'rename', path, to };
    case 'u':
      return { kind: 'unlink', path };
    default:
      throw new Error(`The record holds an operation "${letter}" that nobody writes.`);
  }
}
