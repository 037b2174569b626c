import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { AUDIO_EXTENSIONS, probeContainer } from '../../analysis/audio';
import type { WriteMode } from '../../library/libraries/contract';
import type { DropPlan } from './contract';

const MAX_FILES = 200_000;
/** Looking into more files than this would keep a person waiting; the scan looks into every one. */
const MAX_PROBED = 500;
const AT_ONCE = 16;

export interface LibraryFolder {
  readonly name: string;
  readonly root_path: string;
  readonly autoWrite: boolean;
  readonly writeMode: WriteMode;
}

interface Counted {
  audioFiles: number;
  otherFiles: number;
  isCapped: boolean;
  kinds: Record<string, number>;
}

/** Looks through what was dropped and tells what could be done with it. Changes nothing. */
export async function planDrop(paths: readonly string[], libraries: readonly LibraryFolder[]): Promise<DropPlan> {
  const plan: DropPlan = {
    audioFiles: 0,
    kinds: {},
    otherFiles: 0,
    unreadable: [],
    isCapped: false,
    inside: [],
    newFolders: [],
  };
  const budget = { files: MAX_FILES, probes: MAX_PROBED };
  const loose = new Map<string, number>();
  for (const path of await realPaths(paths, plan)) {
    const isFolder = (await stat(path)).isDirectory();
    const counted = await count(isFolder ? walk(path) : [path], budget);
    addUp(plan, counted);
    const library = libraries.find(({ root_path }) => isWithin(root_path, path));
    if (counted.audioFiles === 0) continue;
    if (library) {
      const isWritten = library.autoWrite && library.writeMode !== 'none';
      plan.inside.push({ path, library: library.name, audioFiles: counted.audioFiles, isWritten });
    } else if (isFolder) plan.newFolders.push(folderOf(path, counted.audioFiles));
    else loose.set(dirname(path), (loose.get(dirname(path)) ?? 0) + 1);
  }
  for (const [folder, files] of loose) plan.newFolders.push(folderOf(folder, files));
  plan.newFolders = withoutNested(plan.newFolders);
  return plan;
}

const folderOf = (path: string, audioFiles: number) => ({ path, name: basename(path) || path, audioFiles });

/** Each thing once, however it was named; what is not there is told. */
async function realPaths(paths: readonly string[], plan: DropPlan): Promise<string[]> {
  const real = new Set<string>();
  for (const path of paths) {
    try {
      real.add(await realpath(path));
    } catch (error) {
      plan.unreadable.push({ path, message: whyUnreadable(error) });
    }
  }
  return [...real];
}

function whyUnreadable(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'It is not there, or this application may not see it.';
  return code === 'EACCES' ? 'It may not be read.' : 'It cannot be read.';
}

/** Every file beneath a folder, the nearest first; links are not followed. */
async function* walk(root: string): AsyncGenerator<string> {
  const folders = [root];
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    for (const entry of await list(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else if (entry.isFile()) yield path;
    }
  }
}

const list = (folder: string): Promise<Dirent[]> => readdir(folder, { withFileTypes: true }).catch(() => []);

async function count(
  files: AsyncIterable<string> | Iterable<string>,
  budget: { files: number; probes: number },
): Promise<Counted> {
  const counted: Counted = { audioFiles: 0, otherFiles: 0, isCapped: false, kinds: {} };
  let batch: Promise<void>[] = [];
  for await (const file of files) {
    if (budget.files-- <= 0) {
      counted.isCapped = true;
      break;
    }
    batch.push(look(file, counted, budget));
    if (batch.length >= AT_ONCE) {
      await Promise.all(batch);
      batch = [];
    }
  }
  await Promise.all(batch);
  return counted;
}

async function look(file: string, counted: Counted, budget: { probes: number }): Promise<void> {
  const extension = extname(file).toLowerCase();
  if (!AUDIO_EXTENSIONS.includes(extension)) {
    counted.otherFiles++;
    return;
  }
  const isAudio = budget.probes-- <= 0 || (await probeContainer(file).catch(() => undefined)) !== undefined;
  if (!isAudio) {
    counted.otherFiles++;
    return;
  }
  const kind = extension.slice(1);
  counted.audioFiles++;
  counted.kinds[kind] = (counted.kinds[kind] ?? 0) + 1;
}

function addUp(plan: DropPlan, { audioFiles, otherFiles, isCapped, kinds }: Counted) {
  plan.audioFiles += audioFiles;
  plan.otherFiles += otherFiles;
  plan.isCapped ||= isCapped;
  for (const [kind, files] of Object.entries(kinds)) plan.kinds[kind] = (plan.kinds[kind] ?? 0) + files;
}

function isWithin(root: string, path: string): boolean {
  const inside = relative(root, path);
  return inside === '' || (inside !== '..' && !inside.startsWith(`..${sep}`) && inside !== path);
}

/** Libraries may not overlap: of a folder and one within it, the outer one. */
function withoutNested(folders: DropPlan['newFolders']): DropPlan['newFolders'] {
  return folders.filter(
    (folder) => !folders.some((other) => other.path !== folder.path && isWithin(other.path, folder.path)),
  );
}
