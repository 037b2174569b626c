import {
  type Dirent,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { createSafeFiles, type FileKind, type SafeFiles, STEPS } from '../../src-main/files/safe-files';
import type { Database } from '../../src-main/platform/database';
import { findStamp } from '../../src-main/platform/file-stamp';

const CHANGE = [...STEPS, 'discard', 'rollback'] as const;
/** What is done, and the steps that it has. */
export const ACTIONS = {
  create: CHANGE,
  replace: CHANGE,
  undo: CHANGE,
  remove: ['journal', 'rename', 'rollback', 'sync-folder', 'settle'],
  recover: ['settle-open', 'remove-copy', 'forget-folder'],
} as const;
/** What takes the place of what: a link or a second name of another file, or a link to another folder. */
export const SWAPS = ['copy by link', 'copy by name', 'file by link', 'file by name', 'folder by link'] as const;

export interface Swap {
  readonly action: keyof typeof ACTIONS;
  readonly at: string;
  readonly swap: (typeof SWAPS)[number];
}

const NOTE: FileKind = { kind: 'note', keeps: { wholeUpToBytes: 1000 }, verify: async () => {} };
const TEMP = /^\.tonearm-.*\.tmp$/;

/**
 * Writes, removes, undoes or recovers in a folder in which somebody exchanges, at one step, what is there for something
 * of others. Gives back what became of these: names, content, mode, owner and times of all that lies in their folder.
 */
export async function trySwap(db: Database, home: string, { at, action, swap }: Swap) {
  const folder = join(home, 'notes');
  const path = join(folder, 'a.note');
  const vault = join(home, 'vault');
  for (const each of [folder, vault]) mkdirSync(each);
  writeFileSync(join(folder, 'neighbour'), '');
  for (const name of ['a.note', 'secret', 'neighbour']) {
    writeFileSync(join(vault, name), `of others: ${name}`, { mode: 0o600 });
    utimesSync(join(vault, name), 1_000_000_000, 1_000_000_000);
  }
  let isArmed = false;
  let swaps = 0;
  const exchange = (step: string) => {
    if (!isArmed || step !== at || swaps > 0) return;
    if (exchangeIn({ folder, path, vault }, swap)) swaps++;
  };
  const files = start(exchange);
  function start(onStep?: (step: string) => unknown): SafeFiles {
    const made = createSafeFiles({ db, onStep: onStep as (step: string) => void });
    made.register(NOTE);
    return made;
  }
  const put = async (text: string, by = files) =>
    by.write({
      ...{ path, kind: 'note', expected: (await findStamp(path)) ?? null },
      prepare: async () => ({ content: Buffer.from(text) }),
    });
  if (action !== 'create') await put('old');
  if (action === 'undo') await put('new');
  if (action === 'recover') await leaveOpen(put, start);
  const before = contentOf(vault);
  isArmed = true;
  const work = {
    create: () => put('new'),
    replace: () => put('new'),
    remove: async () => files.remove({ path, kind: 'note', expected: (await findStamp(path))! }),
    undo: () => files.undoFile(path),
    recover: () => files.recover(),
  }[action];
  // Whether it is refused or done is told by other tests; here it only matters to whom it was done.
  await work().catch(() => {});
  await start().recover();
  return { swaps, before, after: contentOf(vault) };
}

/** As a process leaves it that is killed with its copy made and its journal written. */
async function leaveOpen(
  put: (text: string, by: SafeFiles) => Promise<unknown>,
  start: (onStep: (step: string) => unknown) => SafeFiles,
) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const dying = start((step) => {
    if (step !== 'rename') return undefined;
    resolve();
    return new Promise<void>(() => {});
  });
  void put('new', dying);
  await promise;
}

function exchangeIn({ folder, path, vault }: { folder: string; path: string; vault: string }, swap: Swap['swap']) {
  if (swap === 'folder by link') {
    renameSync(folder, `${folder}.moved`);
    symlinkSync(vault, folder);
    return true;
  }
  const name = swap.startsWith('copy') ? readdirSync(folder).find((each) => TEMP.test(each)) : 'a.note';
  const target = name && join(folder, name);
  if (!target || (swap.startsWith('copy') && !existsSync(target))) return false;
  if (existsSync(target)) renameSync(target, `${target}.moved`);
  if (swap.endsWith('link')) symlinkSync(join(vault, 'secret'), target);
  else linkSync(join(vault, 'secret'), target);
  return target !== path || existsSync(path);
}

function contentOf(folder: string) {
  return readdirSync(folder, { withFileTypes: true })
    .map((entry: Dirent) => {
      const { mode, uid, gid, mtimeMs, size } = lstatSync(join(folder, entry.name));
      return { name: entry.name, mode, uid, gid, mtimeMs, size, text: readFileSync(join(folder, entry.name), 'utf8') };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
