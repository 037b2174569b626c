import { type BigIntStats, lstat, type Stats } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { type FileStamp, stampOf } from '../../../platform/file-stamp';
import { insideOf } from '../../../platform/paths';
import type { ScanError } from '../store';
import { type DiskPlace, type Entry, type ListFolder, onDisk } from './entries';
import type { IsIgnored } from './ignored';

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
}

export interface WalkOptions {
  readonly root: string;
  /** Where to begin; the root is empty. */
  readonly starts: readonly DiskPlace[];
  readonly recursive: boolean;
  readonly extensions: ReadonlySet<string>;
  readonly isIgnored: IsIgnored;
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
  const nothing = { folder: folder.path, files: [], error: null, links: [], below: [] };
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
  const asked = await Promise.all(
    entries.filter(({ path, name }) => !options.isIgnored(path, name)).map((entry) => ask(entry, options)),
  );
  const isThere = <T>(value: T | null): value is T => value !== null;
  return {
    folder: folder.path,
    error: null,
    files: asked.map(({ file }) => file).filter(isThere),
    links: asked.map(({ link }) => link).filter(isThere),
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
}
const NOTHING: Asked = { file: null, link: null, below: null };

async function ask(entry: Entry, options: WalkOptions): Promise<Asked> {
  const isAudio = options.extensions.has(extname(entry.name).slice(1).toLowerCase());
  if (entry.kind === 'folder') return { ...NOTHING, below: entry };
  if (entry.kind === 'link') return { ...NOTHING, link: await whereTo(entry, options, isAudio) };
  if (entry.kind === 'other' || (entry.kind === 'file' && !isAudio)) return NOTHING;
  const stats = await statsOf(onDisk(options.root, entry));
  if (stats?.isDirectory()) return { ...NOTHING, below: entry };
  if (!stats?.isFile() || !isAudio) return NOTHING;
  const { path, bytes } = entry;
  return { ...NOTHING, file: { path, bytes, ...stampOf(stats) } };
}

/** A link inside the library is passed over, as what it leads to is found at its own place; one that leaves is told. */
async function whereTo(entry: Entry, { root }: WalkOptions, isAudio: boolean): Promise<ScanError | null> {
  const told = (message: string) => ({ path: entry.path, message });
  try {
    const target = await realpath(onDisk(root, entry));
    if (insideOf(root, target) !== null) return null;
    if (!isAudio && !(await stat(target)).isDirectory()) return null;
    return told('This link leads out of the library and is not followed.');
  } catch {
    return isAudio ? told('This link leads nowhere.') : null;
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
