import { posix } from 'node:path';
import { isSameStamp } from '../../../platform/file-stamp';
import type { FoundFile, KnownFile } from '../../tracks';
import { renameKey } from './3-compare';
import type { FileLooks } from './read-file';

/** A track that is at another place than before. */
export interface MovedFile {
  readonly known: KnownFile;
  readonly file: FoundFile;
  /** It is known that the audio is the same, though the file may have changed on the way. */
  readonly sameAudio: boolean;
}

export interface Moves {
  readonly moved: MovedFile[];
  /** The files that belong to no track that we know. */
  readonly added: FoundFile[];
}

type Rule = (file: FoundFile) => readonly KnownFile[] | Promise<readonly KnownFile[]>;

/**
 * Finds the tracks whose file is gone among the new files, surest evidence first:
 *
 * 1. the same inode, size and time: a rename on the same disk, also to the place of another file;
 * 2. the same path but for letter case or Unicode form: another system's view of the disk;
 * 3. the same hash of the audio payload, where the track has one and the lengths agree: a move to anywhere, even with
 *    other tags;
 * 4. for a track without a hash, the same size and time, and the same file name or length: a copy that kept its time.
 *
 * Among several candidates the one with the same file name is taken. No track is taken twice.
 */
export async function matchMoved(
  added: readonly FoundFile[],
  gone: readonly KnownFile[],
  looks: FileLooks,
  signal: AbortSignal,
): Promise<Moves> {
  if (gone.length === 0) return { moved: [], added: [...added] };
  const free = new Set(gone.map(({ id }) => id));
  const moved: MovedFile[] = [];
  let left: readonly FoundFile[] = added;
  const rules: [rule: Rule, provesAudio: boolean][] = [
    [byInode(gone), true],
    [byForm(gone), false],
    [byPayload(gone, looks), true],
    [bySizeAndTime(gone, looks), true],
  ];
  for (const [rule, provesAudio] of rules) {
    const unmatched: FoundFile[] = [];
    for (const file of left) {
      signal.throwIfAborted();
      const known = free.size > 0 ? likeliest(file, await rule(file), free) : undefined;
      if (known) moved.push({ known, file, sameAudio: provesAudio });
      else unmatched.push(file);
      if (known) free.delete(known.id);
    }
    left = unmatched;
  }
  return { moved, added: [...left] };
}

function likeliest(file: FoundFile, candidates: readonly KnownFile[], free: ReadonlySet<number>) {
  const open = candidates.filter(({ id }) => free.has(id));
  return open.find((known) => hasSameName(known, file)) ?? open[0];
}

function byForm(gone: readonly KnownFile[]): Rule {
  const form = ({ libraryId, path }: FoundFile | KnownFile) => `${libraryId} ${path.normalize('NFC').toLowerCase()}`;
  return finder(gone, form);
}

function byInode(gone: readonly KnownFile[]): Rule {
  return finder(gone, renameKey);
}

function byPayload(gone: readonly KnownFile[], looks: FileLooks): Rule {
  const hashed = gone.filter(({ payloadHash }) => payloadHash !== null);
  const byExtension = Map.groupBy(hashed, extensionOf);
  return async (file) => {
    const alike = byExtension.get(extensionOf(file));
    const durationMs = alike && (await durationOf(file, looks));
    const candidates = alike?.filter((known) => isAsLong(known.durationMs, durationMs ?? null));
    if (!candidates?.length) return [];
    const hash = await looks.payloadHash(file);
    return candidates.filter(({ payloadHash }) => payloadHash === hash);
  };
}

function bySizeAndTime(gone: readonly KnownFile[], looks: FileLooks): Rule {
  const unhashed = gone.filter(({ payloadHash }) => payloadHash === null);
  const alike = finder(unhashed, ({ sizeBytes, mtimeMs }) => `${sizeBytes} ${mtimeMs}`);
  return async (file) => {
    const candidates = await alike(file);
    const sameName = candidates.filter((known) => hasSameName(known, file));
    if (candidates.length === 0 || sameName.length > 0) return sameName;
    const durationMs = await durationOf(file, looks);
    return candidates.filter((known) => known.durationMs !== null && known.durationMs === durationMs);
  };
}

function finder(
  gone: readonly KnownFile[],
  keyOf: (file: FoundFile | KnownFile) => string | undefined,
): (file: FoundFile) => KnownFile[] {
  const groups = Map.groupBy(gone, keyOf);
  groups.delete(undefined);
  return (file) => groups.get(keyOf(file)) ?? [];
}

async function durationOf(file: FoundFile, looks: FileLooks): Promise<number | null> {
  const read = await looks.tags(file);
  return read && 'metadata' in read ? read.metadata.durationMs : null;
}

/** Lengths that are estimated from the size of a file shift a little when its tags grow. */
function isAsLong(a: number | null, b: number | null): boolean {
  return a === null || b === null || Math.abs(a - b) <= Math.max(2000, 0.02 * a);
}

const extensionOf = ({ path }: FoundFile | KnownFile) => posix.extname(path).toLowerCase();
const hasSameName = (known: KnownFile, file: FoundFile) => posix.basename(known.path) === posix.basename(file.path);
/** Whether a moved file has to be read again, as it is not what it was. */
export const hasChanged = ({ known, file }: MovedFile): boolean => known.hasFailed || !isSameStamp(known, file);
