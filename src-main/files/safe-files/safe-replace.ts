import { createHash, randomBytes } from 'node:crypto';
import { access, chmod, chown, constants, copyFile, open, rename, rm, stat, statfs, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type FileStamp, isSameStamp, stampOf } from '../../platform/file-stamp';
import { AppError } from '../../rpc';
import { copyExtendedAttributes } from './extended-attributes';
import { withSource } from './source';
import { eachByteOf, type Part } from './splice';

/** Names of the copies that we make beside a file; hidden, and never a file of the user's. */
export const TEMP_NAME = /^\.tonearm-[0-9a-f]{12}\.tmp$/;

/** The steps of a replacement, in order; `fill` begins once some of the copy is there. A test can stop at each. */
export const STEPS = [
  'note-folder',
  'copy',
  'fill',
  'attributes',
  'verify',
  'sync',
  'journal',
  'rename',
  'sync-folder',
  'settle',
] as const;
/** The steps by which a replacement that cannot be finished is taken back, in order. */
export const ROLLBACK_STEPS = ['discard', 'take-back'] as const;
export type Step = (typeof STEPS)[number] | (typeof ROLLBACK_STEPS)[number];

export interface Replacement {
  readonly path: string;
  /** The file as it must still be at the end. */
  readonly expected: FileStamp;
  readonly parts: readonly Part[];
  readonly size: number;
  /** Milliseconds; null for now. */
  readonly mtimeMs: number | null;
  /** Throws when the copy is not what it has to be. */
  verify(copy: { path: string; hash: string }): Promise<void>;
  /** Writes down durably what is about to happen; gives back what to call when it did not. */
  commit(copy: { path: string; hash: string; stamp: FileStamp }): () => void;
}

export interface ReplaceOptions {
  /** Called before the first copy in a folder. */
  noteFolder(folder: string): void;
  /** The paths of the copies that are being made now, kept by `replaceFile`. */
  readonly copies: Set<string>;
  /** Bytes that must stay free on the disk. */
  readonly reserveBytes: number;
  onStep?(step: Step, path: string): void | Promise<void>;
}

/** The file as it is now, symbolic links followed. Throws what the system says. */
export const stampAt = (path: string): Promise<FileStamp> => stat(path).then(stampOf);

/**
 * Replaces a file by a copy made of parts of it, in one step: whoever looks, whenever, and whatever fails, sees the
 * old file or the new one. Throws, and leaves the old one and no copy, when anything is not as it should be.
 */
export async function replaceFile(request: Replacement, options: ReplaceOptions): Promise<FileStamp> {
  const { path } = request;
  const folder = dirname(path);
  const temp = join(folder, `.tonearm-${randomBytes(6).toString('hex')}.tmp`);
  const step = async (name: Step) => options.onStep?.(name, path);
  await refuseReadOnly(path);
  await refuseFullDisk(folder, request, options.reserveBytes);
  await step('note-folder');
  options.noteFolder(folder);
  options.copies.add(temp);
  let rollback: (() => void) | undefined;
  try {
    await step('copy');
    const hash = await writeCopy(request, temp, () => step('fill'));
    await step('attributes');
    await copyAttributes(path, temp, request.mtimeMs);
    await step('verify');
    await request.verify({ path: temp, hash });
    await step('sync');
    await sync(temp);
    await refuseChanged(path, request.expected);
    const stamp = await stampAt(temp);
    await step('journal');
    rollback = request.commit({ path: temp, hash, stamp });
    await step('rename');
    await refuseChanged(path, request.expected);
    await renamePatiently(temp, path).catch(async (thrown) => {
      // A drive on another machine may have done it, and only its answer was lost.
      if (!(await isNow(path, stamp))) throw thrown;
    });
  } catch (thrown) {
    await step('discard');
    await rm(temp, { force: true }).catch(() => {});
    await step('take-back');
    rollback?.();
    // A file that someone else replaces meanwhile makes a copy that is wrong in one way or another.
    await refuseChanged(path, request.expected);
    throw thrown;
  } finally {
    options.copies.delete(temp);
  }
  await step('sync-folder');
  await sync(folder).catch(() => {}); // Windows and some network drives cannot; the file is replaced all the same
  await step('settle');
  return stampAt(path);
}

async function refuseReadOnly(path: string): Promise<void> {
  const { mode } = await stat(path);
  // Who may do everything would not be stopped by the mode, but it was set by someone who meant it.
  if ((mode & 0o222) === 0) throw new AppError('not_writable', 'The file is marked as read-only.');
  await access(path, constants.W_OK);
}

/** Twice the file, because others are written at the same time, and a reserve. */
async function refuseFullDisk(folder: string, { size, expected }: Replacement, reserve: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < 2 * Math.max(size, expected.sizeBytes) + reserve) {
    throw new AppError('disk_full', 'There is too little space left on the disk to change a file safely.');
  }
}

function isNow(path: string, stamp: FileStamp): Promise<boolean> {
  return stampAt(path).then(
    (now) => isSameStamp(now, stamp),
    () => false,
  );
}

export async function refuseChanged(path: string, expected: FileStamp): Promise<void> {
  if (!isSameStamp(await stampAt(path), expected)) throw changedSince();
}

export function changedSince(): AppError {
  return new AppError('file_changed', 'The file was changed by another program since it was read.');
}

/** Writes the parts into a new file; the SHA-256 of it. */
async function writeCopy(
  { path, parts }: Replacement,
  temp: string,
  onBegun: () => void | Promise<void>,
): Promise<string> {
  // Elsewhere than on Linux the system's own copy carries attributes along that only it knows.
  if (process.platform !== 'linux') await copyFile(path, temp, constants.COPYFILE_EXCL);
  const out = await open(temp, process.platform === 'linux' ? 'wx' : 'r+', 0o600);
  try {
    await out.truncate(0);
    const hash = createHash('sha256');
    let hasBegun = false;
    await withSource(path, (source) =>
      eachByteOf(parts, source, async (piece) => {
        hash.update(piece);
        for (let done = 0; done < piece.length; ) done += (await out.write(piece, done)).bytesWritten;
        if (!hasBegun) await onBegun();
        hasBegun = true;
      }),
    );
    return hash.digest('hex');
  } finally {
    await out.close();
  }
}

async function copyAttributes(path: string, temp: string, mtimeMs: number | null): Promise<void> {
  const { mode, uid, gid } = await stat(path);
  await chown(temp, uid, gid).catch(() => {}); // only root may give files away
  await chmod(temp, mode & 0o7777);
  await copyExtendedAttributes(path, temp);
  const now = Date.now();
  await utimes(temp, now / 1000, (mtimeMs ?? now) / 1000);
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, process.platform === 'win32' ? 'r+' : 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** On Windows a file that someone reads cannot be replaced for that moment. */
async function renamePatiently(from: string, to: string): Promise<void> {
  for (let pause = 20; ; pause *= 2) {
    try {
      return await rename(from, to);
    } catch (thrown) {
      const code = (thrown as NodeJS.ErrnoException).code ?? '';
      const isShared = process.platform === 'win32' && ['EPERM', 'EACCES', 'EBUSY'].includes(code);
      if (!isShared || pause > 2000) throw thrown;
      await setTimeout(pause);
    }
  }
}
