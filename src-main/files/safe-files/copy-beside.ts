import { createHash } from 'node:crypto';
import { constants, copyFile, type FileHandle, open } from 'node:fs/promises';
import { type FileStamp, isSameStamp, stampOf } from '../../platform/file-stamp';
import { copyExtendedAttributes } from './extended-attributes';
import { changedSince, stampAt } from './refusals';
import { type Source, sourceOf, sourceOfBytes } from './source';
import { eachByteOf, type Part } from './splice';

const NO_LINK = constants.O_NOFOLLOW ?? 0;
/** Opening a pipe would else wait for someone to write into it. */
const NO_WAIT = constants.O_NONBLOCK ?? 0;
const NEW = constants.O_CREAT | constants.O_EXCL;

/** What a file is to become: ranges of the old one and new bytes. */
export interface NewContent {
  readonly parts: readonly Part[];
  readonly sizeBytes: number;
  /** Milliseconds; null for now. */
  readonly mtimeMs: number | null;
  /** Throws when the copy is not what it has to be; `hash` is its SHA-256. */
  verify(copy: Source, hash: string): Promise<void>;
}

export interface CopyRequest {
  /** The file that the copy will take the place of. */
  readonly path: string;
  /** The file as it must be; null where there is none. */
  readonly expected: FileStamp | null;
  readonly content: NewContent;
  readonly temp: string;
  readonly step: (name: 'fill' | 'attributes' | 'verify' | 'sync') => Promise<void>;
}

export interface MadeCopy {
  readonly hash: string;
  readonly stamp: FileStamp;
}

/**
 * Makes the new file beside the old one, with its owner, mode and attributes, on the disk for certain. All is done to
 * files that are held open: whoever may write in the folder can put a link under any name there, and would have that
 * link's target changed.
 */
export async function makeCopy(request: CopyRequest): Promise<MadeCopy> {
  const { path, expected } = request;
  if (expected === null) return fillCopy(request, undefined);
  const old = await openExpected(path, expected);
  try {
    return await fillCopy(request, { handle: old, source: sourceOf(old, expected.sizeBytes) });
  } finally {
    await old.close();
  }
}

/** Opens a file for reading if it is the expected one, whatever its name leads to by now. Throws `file_changed`. */
async function openExpected(path: string, expected: FileStamp): Promise<FileHandle> {
  const handle = await open(path, constants.O_RDONLY | NO_LINK | NO_WAIT).catch((thrown: NodeJS.ErrnoException) => {
    throw thrown.code === 'ELOOP' ? changedSince() : thrown;
  });
  if (isSameStamp(stampOf(await handle.stat()), expected)) return handle;
  await handle.close();
  throw changedSince();
}

/** Lends the expected file for reading. Throws `file_changed` when another is there. */
export async function withExpected<T>(
  path: string,
  expected: FileStamp,
  use: (source: Source) => Promise<T>,
): Promise<T> {
  const handle = await openExpected(path, expected);
  try {
    return await use(sourceOf(handle, expected.sizeBytes));
  } finally {
    await handle.close();
  }
}

interface OldFile {
  readonly handle: FileHandle;
  readonly source: Source;
}

async function fillCopy(request: CopyRequest, old: OldFile | undefined): Promise<MadeCopy> {
  const { content, step, temp } = request;
  const copy = await openCopy(request);
  try {
    const source = old?.source ?? sourceOfBytes(new Uint8Array());
    const hash = await writeParts(content.parts, source, copy, () => step('fill'));
    await step('attributes');
    await giveAttributes(copy, old?.handle, content.mtimeMs);
    await step('verify');
    await content.verify(sourceOf(copy, content.sizeBytes), hash);
    await step('sync');
    await copy.sync();
    return { hash, stamp: await stampUnderItsName(copy, temp) };
  } finally {
    await copy.close();
  }
}

/** The copy as others see it. Throws `file_changed` when its name leads to another file by now. */
async function stampUnderItsName(copy: FileHandle, temp: string): Promise<FileStamp> {
  const [own, named] = [stampOf(await copy.stat()), await stampAt(temp)];
  if (own.device !== named.device || own.inode !== named.inode) throw changedSince();
  return named;
}

/** A new file that nobody else has under this or another name, empty. */
async function openCopy({ path, expected, temp }: CopyRequest): Promise<FileHandle> {
  if (expected === null) return open(temp, constants.O_RDWR | NEW | NO_LINK, 0o666);
  if (process.platform === 'linux') return open(temp, constants.O_RDWR | NEW | NO_LINK, 0o600);
  // Elsewhere than on Linux the system's own copy carries attributes along that only it knows.
  await copyFile(path, temp, constants.COPYFILE_EXCL);
  const copy = await open(temp, constants.O_RDWR | NO_LINK);
  const stats = await copy.stat();
  if (stats.isFile() && stats.nlink === 1) {
    await copy.truncate(0);
    return copy;
  }
  await copy.close();
  throw changedSince();
}

/** Writes the parts; gives their SHA-256. */
async function writeParts(
  parts: readonly Part[],
  source: Source,
  copy: FileHandle,
  onBegun: () => Promise<void>,
): Promise<string> {
  const hash = createHash('sha256');
  let hasBegun = false;
  await eachByteOf(parts, source, async (piece) => {
    hash.update(piece);
    for (let done = 0; done < piece.length; ) done += (await copy.write(piece, done)).bytesWritten;
    if (!hasBegun) await onBegun();
    hasBegun = true;
  });
  return hash.digest('hex');
}

async function giveAttributes(copy: FileHandle, old: FileHandle | undefined, mtimeMs: number | null): Promise<void> {
  if (old) {
    const { mode, uid, gid } = await old.stat();
    await copy.chown(uid, gid).catch(() => {}); // only root may give files away
    await copy.chmod(mode & 0o7777);
    await copyExtendedAttributes(old, copy);
  }
  const now = Date.now();
  await copy.utimes(now / 1000, (mtimeMs ?? now) / 1000);
}
