import type { FileStamp } from '../../platform/file-stamp';
import { AppError } from '../../rpc';
import { type ChangeOptions, changeFile } from './change-file';
import { withExpected } from './copy-beside';
import { fileHashOf } from './file-hash';
import type { FileKind } from './file-kind';
import type { TagChange } from './journal-entry';
import { keepWhole, restoreOf } from './restore';
import type { Source } from './source';
import { type Part, partsAfter, type Splice, sizeAfter } from './splice';
import type { WriteJournal } from './write-journal';

/** Who wrote and why, for the journal. */
interface WriteOrigin {
  readonly jobId?: number;
  readonly trackId?: number;
}

export interface FileRemoval extends WriteOrigin {
  /** Absolute, and of the file itself rather than of a link to it. */
  readonly path: string;
  /** The name of a registered kind. */
  readonly kind: string;
  readonly expected: FileStamp;
}

export interface FileWrite extends WriteOrigin {
  /** As in `FileRemoval`. A folder that is missing is made. */
  readonly path: string;
  readonly kind: string;
  /** The file as it was read; null to make one where none may be. */
  readonly expected: FileStamp | null;
  /** Gives the new file the time of the old one. Default false. */
  readonly keepMtime?: boolean;
  /** What the file is to become, from what it is while nobody else writes it; null where there is none. */
  prepare(old: Source | null): Promise<PreparedWrite>;
}

export interface PreparedWrite {
  /** Changes to the old file, in order and without overlaps, or all the bytes of the new one. */
  readonly content: readonly Splice[] | Uint8Array;
  /** Of audio: SHA-256 of what is not tags. */
  readonly payloadHash?: string;
  readonly changes?: readonly TagChange[];
  /** Beside what its kind asks of every copy: throws when this one is not what was wanted. */
  verify?(copy: Source): Promise<void>;
}

/** What a write left behind. */
export interface FileWritten {
  /** By which it can be undone. */
  readonly id: number;
  readonly path: string;
  readonly stamp: FileStamp;
}

export interface WriteParts {
  readonly journal: WriteJournal;
  readonly options: ChangeOptions;
}

interface Planned extends PreparedWrite {
  readonly parts: readonly Part[];
  readonly sizeBytes: number;
  readonly old: OldContent | null;
}
interface OldContent {
  readonly fileHash: string;
  readonly restore: Buffer;
}

/** Makes or replaces a file. Throws `file_changed`, `not_writable`, `disk_full`, `too_large` and as `prepare` does. */
export async function writeFile(request: FileWrite, kind: FileKind, parts: WriteParts): Promise<FileWritten> {
  const { path, expected } = request;
  const planned = expected
    ? await withExpected(path, expected, (source) => plan(request, kind, source))
    : await plan(request, kind, null);
  const { sizeBytes, payloadHash = null, changes = [] } = planned;
  let id = 0;
  const stamp = await changeFile(
    {
      path,
      expected,
      reserveBytes: kind.reserveBytes ?? 0,
      content: {
        parts: planned.parts,
        sizeBytes,
        mtimeMs: request.keepMtime && expected ? expected.mtimeMs : null,
        async verify(copy) {
          await kind.verify?.(copy);
          await planned.verify?.(copy);
        },
      },
      commit(copy) {
        const after = copy && { sizeBytes: copy.stamp.sizeBytes, mtimeMs: copy.stamp.mtimeMs, fileHash: copy.hash };
        const entry = { ...entryOf(request, planned.old), payloadHash, changes, after, tempPath: copy?.path ?? '' };
        id = parts.journal.prepare(entry);
        return () => parts.journal.settle(id, 'abandoned');
      },
    },
    parts.options,
  );
  parts.journal.settle(id, 'written');
  return { id, path, stamp: stamp! };
}

/** Removes a file; gives the number of the write, by which it is put back. Throws as `writeFile`. */
export async function removeFile(request: FileRemoval, kind: FileKind, parts: WriteParts): Promise<number> {
  const { path, expected } = request;
  const old = await withExpected(path, expected, (source) => keepAll(source, kind));
  let id = 0;
  const commit = () => {
    const nothing = { payloadHash: null, changes: [], after: null, tempPath: '' };
    id = parts.journal.prepare({ ...entryOf(request, old), ...nothing });
    return () => parts.journal.settle(id, 'abandoned');
  };
  await changeFile({ path, expected, content: null, reserveBytes: 0, commit }, parts.options);
  parts.journal.settle(id, 'written');
  return id;
}

function entryOf({ path, kind, jobId, trackId, expected }: FileWrite | FileRemoval, old: OldContent | null) {
  const before = expected &&
    old && { sizeBytes: expected.sizeBytes, mtimeMs: expected.mtimeMs, fileHash: old.fileHash };
  const origin = { jobId: jobId ?? null, trackId: trackId ?? null };
  return { path, kind, ...origin, before, restore: old?.restore ?? null };
}

async function plan(request: FileWrite, kind: FileKind, source: Source | null): Promise<Planned> {
  const prepared = await request.prepare(source);
  const { content } = prepared;
  if (content instanceof Uint8Array) {
    const old = source && (await keepAll(source, kind));
    return { ...prepared, old, parts: [{ bytes: content }], sizeBytes: content.length };
  }
  if (!source) throw new Error('There is no file that could be changed in places.');
  const fileHash = await fileHashOf(source);
  const restore = kind.keeps === 'splices' ? await restoreOf(source, content) : (await keepAll(source, kind)).restore;
  const parts = partsAfter(source.size, content);
  return { ...prepared, old: { fileHash, restore }, parts, sizeBytes: sizeAfter(source.size, content) };
}

/** All of a file that is replaced as a whole. Throws `too_large` for one that is larger than its kind keeps. */
async function keepAll(source: Source, { kind, keeps }: FileKind): Promise<OldContent> {
  const limit = keeps === 'splices' ? 0 : keeps.wholeUpToBytes;
  if (source.size > limit) {
    throw new AppError('too_large', `The file that is there is larger than an undo keeps of the kind "${kind}".`);
  }
  return { fileHash: await fileHashOf(source), restore: await keepWhole(source) };
}
