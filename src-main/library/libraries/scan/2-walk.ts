import { type BigIntStats, lstat, type Stats } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { type FileStamp, stampOf } from '../../../platform/file-stamp';
import { insideOf } from '../../../platform/paths';
import type { ScanError } from '../store';
import { type DiskPlace, type Entry, type ListFolder, onDisk } from './entries';
import { isLostAndFound, type PassedOver, type WhyIgnored } from './ignored';

/** An audio file as it lies on the disk. */
export interface WalkedFile extends DiskPlace, FileStamp {}

/** One folder's audio files. With an error nothing is known of it, nor of what is below it. */
export interface WalkedFolder {
  /** Relative to the root, forward slashes; empty for the root. */
  readonly folder: string;
  readonly files: readonly WalkedFile[];
  readonly error: string | null;
  /** Links that are not followed because they lead out of the library. */
  readonly links: readonly ScanError[];
  /** Files that might be audio, and folders, that are none of the library's, each by the reason. */
  readonly passedOver: readonly PassedOver[];
}

export interface WalkOptions {
  readonly root: string;
  /** Where to begin; the root is empty. */
  readonly starts: readonly DiskPlace[];
  readonly recursive: boolean;
  readonly extensions: ReadonlySet<string>;
  readonly whyIgnored: WhyIgnored;
  readonly listFolder: ListFolder;
  readonly signal: AbortSignal;
}

/** Enough to keep a network share busy, few enough to leave the thread pool to others. */
const FOLDERS_AT_ONCE = 8;

interface Visit extends WalkedFolder {
  readonly below: readonly DiskPlace[];
}

/** Goes through the folders, each once, however many ways lead there. A folder that fails does not end the walk. */
export async function* walk(options: WalkOptions): AsyncGenerator<WalkedFolder> {
  const waiting: DiskPlace[] = [...options.starts];
  const running: Promise<Visit>[] = [];
  const visited = new Set<string>();
  while (waiting.length > 0 || running.length > 0) {
    options.signal.throwIfAborted();
    while (waiting.length > 0 && running.length < FOLDERS_AT_ONCE)
      running.push(visit(waiting.pop()!, options, visited));
    const { below, ...walked } = await running.shift()!;
    if (options.recursive) waiting.push(...below);
    yield walked;
  }
}

async function visit(folder: DiskPlace, options: WalkOptions, visited: Set<string>): Promise<Visit> {
  const nothing = { folder: folder.path, files: [], error: null, links: [], passedOver: [], below: [] };
  try {
    const identity = await stat(onDisk(options.root, folder), { bigint: true });
    const found = await look(folder, options).catch((thrown) => {
      // Shares and sleeping drives often answer the second time.
      return isForbidden(thrown) ? Promise.reject(thrown) : look(folder, options);
    });
    return isFirst(identity, visited) ? found : nothing;
  } catch (thrown) {
    if (isGone(thrown) && options.starts.includes(folder)) return nothing;
    return { ...nothing, error: explain(thrown) };
  }
}

async function look(folder: DiskPlace, options: WalkOptions): Promise<Visit> {
  const entries = await options.listFolder(options.root, folder);
  const asked = await Promise.all(entries.map((entry) => ask(entry, options)));
  const isThere = <T>(value: T | null): value is T => value !== null;
  return {
    folder: folder.path,
    error: null,
    files: asked.map(({ file }) => file).filter(isThere),
    links: asked.map(({ link }) => link).filter(isThere),
    passedOver: asked.map(({ passed }) => passed).filter(isThere),
    below: asked.map(({ below }) => below).filter(isThere),
  };
}

/** Bind mounts can lead in circles; a folder is looked into once. */
function isFirst({ dev, ino }: BigIntStats, visited: Set<string>): boolean {
  const identity = `${dev} ${ino}`;
  if (visited.has(identity)) return false;
  visited.add(identity);
  return true;
}

interface Asked {
  readonly file: WalkedFile | null;
  readonly link: ScanError | null;
  readonly below: DiskPlace | null;
  readonly passed: PassedOver | null;
}
const NOTHING: Asked = { file: null, link: null, below: null, passed: null };

async function ask(entry: Entry, options: WalkOptions): Promise<Asked> {
  const isAudio = options.extensions.has(extname(entry.name).slice(1).toLowerCase());
  const why = options.whyIgnored(entry.path, entry.name);
  if (why) return { ...NOTHING, passed: isAudio || entry.kind === 'folder' ? why : null };
  if (entry.kind === 'folder') return askFolder(entry, options);
  if (entry.kind === 'link') return { ...NOTHING, ...(await whereTo(entry, options, isAudio)) };
  if (entry.kind === 'other' || (entry.kind === 'file' && !isAudio)) return NOTHING;
  const stats = await statsOf(onDisk(options.root, entry));
  if (stats?.isDirectory()) return askFolder(entry, options);
  if (!stats?.isFile() || !isAudio) return NOTHING;
  const { path, bytes } = entry;
  return { ...NOTHING, file: { path, bytes, ...stampOf(stats) } };
}

async function askFolder(entry: Entry, { root }: WalkOptions): Promise<Asked> {
  const isLost = entry.bytes === null && (await isLostAndFound(entry.name, `${root}/${entry.path}`));
  return isLost ? { ...NOTHING, passed: 'system' } : { ...NOTHING, below: entry };
}

/** A link inside the library is passed over, as what it leads to is found at its own place; one that leaves is told. */
async function whereTo(entry: Entry, { root }: WalkOptions, isAudio: boolean): Promise<Partial<Asked>> {
  const reported = (message: string) => ({ link: { path: entry.path, message } });
  try {
    const target = await realpath(onDisk(root, entry));
    const isFolder = (await stat(target)).isDirectory();
    if (!isAudio && !isFolder) return {};
    if (insideOf(root, target) !== null) return { passed: 'linked' };
    return reported('This link leads out of the library and is not followed.');
  } catch (thrown) {
    if (codeOf(thrown) === 'ELOOP') return reported('This link leads in a circle.');
    return isAudio ? reported('This link leads nowhere.') : {};
  }
}

/** By callback, as its promises cost more than the call itself in a library of many files. Null when it is gone. */
function statsOf(path: string | Buffer): Promise<Stats | null> {
  return new Promise((resolve, reject) => {
    lstat(path, (error, stats) => {
      if (!error) resolve(stats);
      else if (error.code === 'ENOENT') resolve(null);
      else reject(error);
    });
  });
}

const codeOf = (thrown: unknown) => (thrown as NodeJS.ErrnoException).code;
const isGone = (thrown: unknown) => codeOf(thrown) === 'ENOENT';
const isForbidden = (thrown: unknown) => codeOf(thrown) === 'EACCES' || codeOf(thrown) === 'EPERM';

function explain(thrown: unknown): string {
  if (isForbidden(thrown)) return 'This folder may not be read; its permissions forbid it.';
  if (isGone(thrown)) return 'This folder vanished during the scan.';
  return `This folder could not be read (${codeOf(thrown) ?? thrown}).`;
}
