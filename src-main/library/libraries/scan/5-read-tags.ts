import type { Database } from '../../../platform/database';
import { isSameStamp } from '../../../platform/file-stamp';
import type { FoundFile, KnownFile, ReadTags, TrackRepository } from '../../tracks';
import type { FileLooks } from './read-file';

/** A file whose tags have to be read: of a new track, or of one that is known. */
export interface FileToRead {
  readonly kind: 'added' | 'changed' | 'moved';
  readonly file: FoundFile;
  readonly known: KnownFile | null;
  /** Known to hold the audio that it held before; else the hash of the payload is asked, where there is one. */
  readonly sameAudio: boolean;
}

export interface ReadingOptions {
  readonly db: Database;
  readonly tracks: TrackRepository;
  readonly looks: FileLooks;
  readonly signal: AbortSignal;
  /** Told after each chunk is stored. */
  onStored(stored: readonly StoredFile[]): void;
}

export interface StoredFile {
  readonly id: number;
  readonly kind: FileToRead['kind'];
  readonly hasFailed: boolean;
}

/**
 * Small enough that storing a chunk is not felt in the window, large enough that the disk is not asked to sync often.
 */
const CHUNK = 100;
const FILES_AT_ONCE = 8;

/**
 * Reads the tags of files and stores their tracks, a chunk at a time. A file that cannot be read gets its track too.
 */
export async function readTags(files: readonly FileToRead[], options: ReadingOptions): Promise<void> {
  for (let at = 0; at < files.length; at += CHUNK) {
    options.signal.throwIfAborted();
    const chunk = files.slice(at, at + CHUNK);
    const read = await mapSome(chunk, FILES_AT_ONCE, (item) => readOne(item, options.looks));
    storeChunk(
      read.filter((item) => item !== null),
      options,
    );
    await new Promise(setImmediate);
  }
}

interface ReadFile extends FileToRead {
  readonly read: ReadTags;
}

async function readOne(item: FileToRead, looks: FileLooks): Promise<ReadFile | null> {
  const read = await looks.tags(item.file);
  if (read === null) return null;
  return { ...item, read, sameAudio: await isSameAudio(item, looks) };
}

async function isSameAudio({ file, known, sameAudio }: FileToRead, looks: FileLooks): Promise<boolean> {
  if (!known || sameAudio || isSameStamp(known, file)) return known !== null;
  return known.payloadHash !== null && (await looks.payloadHash(file)) === known.payloadHash;
}

function storeChunk(chunk: readonly ReadFile[], { db, tracks, onStored }: ReadingOptions): void {
  onStored(db.transaction(() => chunk.map((item) => storeOne(item, tracks)))());
}

function storeOne({ kind, file, known, read, sameAudio }: ReadFile, tracks: TrackRepository): StoredFile {
  const stored = { kind, hasFailed: 'failure' in read };
  if (!known) return { ...stored, id: tracks.add(file, read) };
  tracks.update(known.id, file, read, sameAudio);
  return { ...stored, id: known.id };
}

/** Maps with at most `atOnce` running; the results keep the order. */
async function mapSome<T, R>(items: readonly T[], atOnce: number, map: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(items.length);
  let next = 0;
  async function work() {
    for (let index = next++; index < items.length; index = next++) results[index] = await map(items[index]);
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work));
  return results;
}
