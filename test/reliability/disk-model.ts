import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Operation } from './io-record';

type Change = Extract<Operation, { kind: 'write' | 'truncate' }>;
type Naming = { readonly path: string; readonly file: DiskFile | null; readonly from?: string };

/** A file, by what is on the disk for certain and what is on its way there. */
interface DiskFile {
  durable: Buffer;
  pending: Change[];
}

/** How a power cut treats what was not synced. */
export interface Cut {
  readonly random: () => number;
  /** Names reach the disk in the order in which they were given, as on a file system with a journal; or any of them. */
  readonly namesInOrder: boolean;
}

/** Path → bytes. */
export type DiskImage = Map<string, Buffer>;

const SECTOR = 512;

/**
 * A disk that keeps what was synced, and of the rest whatever it likes: the files and names of a folder as they were,
 * and then one recorded operation after the other.
 */
export function createDisk(before: DiskImage) {
  const durableNames = new Map<string, DiskFile>();
  const names = new Map<string, DiskFile>();
  const byInode = new Map<string, DiskFile>();
  let pendingNames: Naming[] = [];
  for (const [path, bytes] of before) {
    const file = { durable: bytes, pending: [] };
    durableNames.set(path, file);
    names.set(path, file);
  }

  function give(naming: Naming): void {
    pendingNames.push(naming);
    applyNaming(names, naming);
  }

  return {
    /** The files that were there before have inodes too. */
    identify(path: string, inode: string): void {
      byInode.set(inode, names.get(path)!);
    },
    apply(operation: Operation): void {
      switch (operation.kind) {
        case 'create': {
          const file = { durable: Buffer.alloc(0), pending: [] };
          byInode.set(operation.file, file);
          give({ path: operation.path, file });
          break;
        }
        case 'write':
        case 'truncate':
          fileOf(byInode, operation.file).pending.push(operation);
          break;
        case 'sync': {
          const file = fileOf(byInode, operation.file);
          file.durable = changed(file.durable, file.pending);
          file.pending = [];
          break;
        }
        case 'syncFolder': {
          const isThere = ({ path }: Naming) => dirname(path) === operation.path;
          for (const naming of pendingNames.filter(isThere)) applyNaming(durableNames, naming);
          pendingNames = pendingNames.filter((naming) => !isThere(naming));
          break;
        }
        case 'rename':
          give({ path: operation.to, file: names.get(operation.path)!, from: operation.path });
          break;
        case 'unlink':
          give({ path: operation.path, file: null });
          break;
        default:
          operation satisfies never;
      }
    },
    /** The disk after a power cut at this moment. */
    cut({ random, namesInOrder }: Cut): DiskImage {
      const kept = new Map(durableNames);
      const until = Math.floor(random() * (pendingNames.length + 1));
      for (const [index, naming] of pendingNames.entries()) {
        if (namesInOrder ? index < until : random() < 0.5) applyNaming(kept, naming);
      }
      return new Map([...kept].map(([path, file]) => [path, changed(file.durable, survivors(file.pending, random))]));
    },
    /** What programs see now, synced or not. */
    seen(): DiskImage {
      return new Map([...names].map(([path, file]) => [path, changed(file.durable, file.pending)]));
    },
  };
}

function fileOf(files: ReadonlyMap<string, DiskFile>, inode: string): DiskFile {
  const file = files.get(inode);
  if (!file) throw new Error(`A file with the inode ${inode} was changed that nobody has made.`);
  return file;
}

function applyNaming(names: Map<string, DiskFile>, { path, file, from }: Naming): void {
  if (from !== undefined) names.delete(from);
  if (file) names.set(path, file);
  else names.delete(path);
}

/** Of the changes that were not synced some, of some a part, and these in any order. */
function survivors(pending: readonly Change[], random: () => number): Change[] {
  if (random() < 0.2) return [...pending];
  const kept = pending.flatMap((change): Change[] => {
    if (random() < 0.5) return [];
    if (change.kind === 'truncate' || random() < 0.6) return [change];
    const from = SECTOR * Math.floor((random() * change.bytes.length) / SECTOR);
    const to = from + SECTOR * Math.ceil((random() * (change.bytes.length - from)) / SECTOR);
    return [{ ...change, offset: change.offset + from, bytes: change.bytes.subarray(from, to) }];
  });
  return random() < 0.5
    ? kept
    : kept
        .map((change) => ({ change, at: random() }))
        .sort((a, b) => a.at - b.at)
        .map(({ change }) => change);
}

function changed(bytes: Buffer, changes: readonly Change[]): Buffer {
  if (changes.length === 0) return bytes;
  const endOf = (change: Change) => (change.kind === 'write' ? change.offset + change.bytes.length : change.size);
  const room = Buffer.alloc(Math.max(bytes.length, ...changes.map(endOf)));
  bytes.copy(room);
  let size = bytes.length;
  for (const change of changes) {
    if (change.kind === 'write') {
      change.bytes.copy(room, change.offset);
      size = Math.max(size, endOf(change));
    } else {
      room.fill(0, change.size);
      size = change.size;
    }
  }
  return room.subarray(0, size);
}

/** The files below a folder, with their inodes. `-shm` is shared memory, which no power cut outlives. */
export function filesBelow(folder: string): { path: string; inode: string; bytes: Buffer }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('-shm'))
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return { path, inode: String(statSync(path).ino), bytes: readFileSync(path) };
    });
}

/** Makes a folder hold what the disk holds, and nothing else. */
export function putImage(folder: string, folders: readonly string[], image: DiskImage): void {
  rmSync(folder, { recursive: true, force: true });
  for (const path of folders) mkdirSync(path, { recursive: true });
  for (const [path, bytes] of image) if (!path.endsWith('-shm')) writeFileSync(path, bytes);
}
