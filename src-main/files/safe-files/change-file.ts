import { randomBytes } from 'node:crypto';
import { link, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type FileStamp, isSameStamp } from '../../platform/file-stamp';
import { type MadeCopy, makeCopy, type NewContent } from './copy-beside';
import { changedSince, refuseChanged, refuseFullDisk, refuseReadOnly, stampAt } from './refusals';

/** Names of the copies that we make beside a file; hidden, and never a file of the user's. */
export const TEMP_NAME = /^\.tonearm-[0-9a-f]{12}\.tmp$/;

/**
 * The steps of a change, in order; `fill` begins once some of the copy is there, and `rename` is where the file becomes
 * another, or goes. A test can stop at each.
 */
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
/** The steps by which a change that cannot be finished is taken back, in order. */
export const ROLLBACK_STEPS = ['discard', 'rollback'] as const;
export type Step = (typeof STEPS)[number] | (typeof ROLLBACK_STEPS)[number];

export interface Change {
  readonly path: string;
  /** The file as it must still be at the end; null where there must be none. */
  readonly expected: FileStamp | null;
  /** Null when the file is to go. */
  readonly content: NewContent | null;
  /** Bytes that must stay free on the disk. */
  readonly reserveBytes: number;
  /** Writes down durably what is about to happen; gives back what to call when it did not. */
  commit(copy: (MadeCopy & { readonly path: string }) | null): () => void;
}

export interface ChangeOptions {
  /** Called before the first copy in a folder. */
  noteFolder(folder: string): void;
  /** The paths of the copies that are being made now, kept by `changeFile`. */
  readonly copies: Set<string>;
  onStep?(step: Step, path: string): void | Promise<void>;
}

/**
 * Makes, replaces or removes a file in one step: whoever looks, whenever, and whatever fails, sees the old state or the
 * new one. Throws, and leaves the old one and no copy, when anything is not as it should be.
 */
export async function changeFile(change: Change, options: ChangeOptions): Promise<FileStamp | null> {
  const { path, expected, content } = change;
  const folder = dirname(path);
  const step = async (name: Step) => options.onStep?.(name, path);
  await refuseChanged(path, expected);
  if (expected) await refuseReadOnly(path);
  const made = expected ? undefined : await mkdir(folder, { recursive: true });
  if (content) {
    const largest = Math.max(content.sizeBytes, expected?.sizeBytes ?? 0);
    await refuseFullDisk(folder, largest, change.reserveBytes);
    await placeCopy(change, content, options, step);
  } else await removeFile(change, step);
  await step('sync-folder');
  // Windows and some network drives cannot; the file is another all the same.
  for (const each of made ? [folder, dirname(made)] : [folder]) await sync(each).catch(() => {});
  await step('settle');
  return content ? stampAt(path) : null;
}

type TellStep = (name: Step) => Promise<void>;

async function placeCopy(change: Change, content: NewContent, options: ChangeOptions, step: TellStep): Promise<void> {
  const { path, expected } = change;
  const temp = join(dirname(path), `.tonearm-${randomBytes(6).toString('hex')}.tmp`);
  await step('note-folder');
  options.noteFolder(dirname(path));
  options.copies.add(temp);
  let rollback: (() => void) | undefined;
  try {
    await step('copy');
    const copy = await makeCopy({ path, expected, content, temp, step });
    await refuseChanged(path, expected);
    await step('journal');
    rollback = change.commit({ ...copy, path: temp });
    await step('rename');
    await refuseChanged(path, expected);
    await refuseChanged(temp, copy.stamp);
    await takePlace(temp, change, copy.stamp);
  } catch (thrown) {
    await step('discard');
    await rm(temp, { force: true }).catch(() => {});
    await step('rollback');
    rollback?.();
    // A file that someone else replaces meanwhile makes a copy that is wrong in one way or another.
    await refuseChanged(path, expected);
    throw thrown;
  } finally {
    options.copies.delete(temp);
  }
}

async function takePlace(temp: string, { path, expected }: Change, copy: FileStamp): Promise<void> {
  await (expected ? renamePatiently(temp, path) : putNew(temp, path)).catch(async (thrown) => {
    // A drive on another machine may have done it, and only its answer was lost.
    if (!(await isNow(path, copy))) throw thrown;
  });
}

async function removeFile({ path, expected, commit }: Change, step: TellStep): Promise<void> {
  await step('journal');
  const rollback = commit(null);
  try {
    await step('rename');
    await refuseChanged(path, expected);
    await rm(path, { force: true });
  } catch (thrown) {
    await step('rollback');
    rollback();
    await refuseChanged(path, expected);
    throw thrown;
  }
}

/** What these calls say where a file cannot have a second name. */
const WITHOUT_LINKS = ['EPERM', 'EACCES', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EMLINK', 'EXDEV'];

/** Renaming would take the place of a file that somebody else has put there in this moment; a second name does not. */
async function putNew(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
  } catch (thrown) {
    const { code = '' } = thrown as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw changedSince();
    if (!WITHOUT_LINKS.includes(code)) throw thrown;
    await refuseChanged(to, null);
    return renamePatiently(from, to);
  }
  await rm(from, { force: true });
}

function isNow(path: string, stamp: FileStamp): Promise<boolean> {
  return stampAt(path).then(
    (now) => isSameStamp(now, stamp),
    () => false,
  );
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
