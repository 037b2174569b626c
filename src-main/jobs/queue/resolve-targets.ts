import type { Dirent, Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { extname, isAbsolute, join, sep } from 'node:path';
import { isHiddenName, showBytes } from '../../platform/paths';
import { AppError, toFailure } from '../../rpc';
import type { JobTarget } from './job';

export interface ResolveTargetsDeps {
  /** The library that holds an absolute path, which need not exist, and the path inside it. */
  readonly libraryOf: (path: string) => Promise<{ library: { id: number }; path: string; real: string } | undefined>;
  /** The track of a file, when a scan has seen it. */
  readonly findTrack: (libraryId: number, path: string) => { id: number; durationMs: number | null } | undefined;
  /** Lower case, with dot: which files of a folder are taken. */
  readonly audioExtensions: readonly string[];
  /** What a file holds, by its content; undefined when it is no audio. */
  readonly probeContainer: (path: string) => Promise<string | undefined>;
}

interface Place {
  /** All links followed. */
  readonly path: string;
  readonly libraryId: number;
  readonly inside: string;
}

/** Folders that are read at the same time. */
const AT_ONCE = 16;

/**
 * The files behind paths that somebody asked for: a file itself, all audio files of a folder. All or nothing: throws
 * when one of the paths cannot be taken, with every such path in the details.
 *
 * - `outside_library`: not in any library; what to do about it is in the sentence
 * - `not_found`: in a library, but not there
 * - `no_audio`: a folder without audio files
 * - `unsupported_file`: a file that is no audio, whatever its name says
 */
export function createResolveTargets(deps: ResolveTargetsDeps) {
  const extensions = new Set(deps.audioExtensions);

  async function place(path: string): Promise<Place> {
    const found = isAbsolute(path) ? await deps.libraryOf(path) : undefined;
    if (!found) throw outsideLibrary(path);
    return { path: found.real, libraryId: found.library.id, inside: found.path };
  }

  async function resolveOne(asked: string, recursive: boolean): Promise<JobTarget[]> {
    const at = await place(asked);
    const found = await getStats(at.path, asked);
    if (found.isDirectory()) {
      const files = await walk(at.path, recursive);
      if (files.length === 0) throw noAudio(asked, recursive);
      const root = at.inside === '' ? '' : `${at.inside}/`;
      return files.map((file) =>
        target({ ...at, path: join(at.path, file), inside: root + file.replaceAll(sep, '/') }),
      );
    }
    if (!found.isFile() || !(await deps.probeContainer(at.path))) throw notAudio(asked);
    return [target(at)];
  }

  function target({ path, libraryId, inside }: Place): JobTarget {
    const track = deps.findTrack(libraryId, inside);
    return { path, libraryId, trackId: track?.id ?? null, audioMs: track?.durationMs ?? null };
  }

  /**
   * Audio files below a folder, relative to it, in the order of their names; hidden ones and links to folders left out.
   * What is not UTF-8 is shown as a scan shows it.
   */
  async function walk(root: string, recursive: boolean): Promise<string[]> {
    const files: string[] = [];
    let level: Folder[] = [{ shown: '', disk: root }];
    while (level.length > 0) {
      const next: Folder[] = [];
      for (let at = 0; at < level.length; at += AT_ONCE) {
        const folders = level.slice(at, at + AT_ONCE);
        for (const entry of (await Promise.all(folders.map(entriesOf))).flat()) {
          if (isHiddenName(entry.name)) continue;
          if (entry.isFolder && recursive) next.push(entry);
          else if (entry.isFile && extensions.has(extname(entry.name).toLowerCase())) files.push(entry.shown);
        }
      }
      level = next;
    }
    return files.sort();
  }

  return async function resolveTargets(paths: readonly string[], recursive: boolean): Promise<JobTarget[]> {
    const targets: JobTarget[] = [];
    const refused: { path: string; failure: ReturnType<typeof toFailure> }[] = [];
    for (const path of paths) {
      try {
        targets.push(...(await resolveOne(path, recursive)));
      } catch (thrown) {
        if (!(thrown instanceof AppError)) throw thrown;
        refused.push({ path, failure: toFailure(thrown) });
      }
    }
    if (refused.length > 0) throw refusal(refused, paths.length);
    return targets;
  };
}

/** One refused path speaks for itself; of several the first, and how many there are. */
function refusal(refused: readonly { path: string; failure: ReturnType<typeof toFailure> }[], asked: number): AppError {
  const [{ failure }] = refused;
  const details = refused.map(({ path, failure: { code, message } }) => ({ path, code, message }));
  if (asked === 1) return new AppError(failure.code, failure.message, { details });
  const count = refused.length === 1 ? 'One path cannot be taken' : `${refused.length} paths cannot be taken`;
  const sentence = `${count}, so nothing was queued. The first: ${failure.message}`;
  return new AppError(failure.code, sentence, { details });
}

async function getStats(real: string, asked: string): Promise<Stats> {
  try {
    return await stat(real);
  } catch (cause) {
    throw new AppError('not_found', `${asked} is not there.`, { cause });
  }
}

/** A folder, or what is in one: as text relative to where the walk began, and as the disk has it. */
interface Folder {
  readonly shown: string;
  readonly disk: string | Buffer;
}

interface Entry extends Folder {
  readonly name: string;
  readonly isFile: boolean;
  readonly isFolder: boolean;
}

/** A folder that may not be read is an empty one here; a scan reports it. */
async function entriesOf({ shown, disk }: Folder): Promise<Entry[]> {
  const plain = typeof disk === 'string' ? await readdir(disk, { withFileTypes: true }).catch(() => []) : undefined;
  if (plain && !plain.some(({ name }) => name.includes('\ufffd'))) {
    return plain.map((entry) => ({
      ...kindOf(entry),
      ...below(shown, entry.name),
      disk: join(disk as string, entry.name),
    }));
  }
  const raw = await readdir(disk, { withFileTypes: true, encoding: 'buffer' }).catch(() => []);
  const parent = Buffer.concat([Buffer.from(disk as string), Buffer.from('/')]);
  return raw.map((entry) => ({
    ...kindOf(entry),
    ...below(shown, showBytes(entry.name)),
    disk: Buffer.concat([parent, entry.name]),
  }));
}

const below = (folder: string, name: string) => ({ name, shown: join(folder, name) });
const kindOf = (entry: Dirent | Dirent<Buffer>) => ({ isFile: entry.isFile(), isFolder: entry.isDirectory() });

function outsideLibrary(path: string): AppError {
  return new AppError(
    'outside_library',
    `${path} is not inside any library. Add its folder as a library; or, if another program such as Lidarr named the ` +
      'path, make sure that both see the music under the same path.',
  );
}

function noAudio(path: string, recursive: boolean): AppError {
  const where = recursive ? 'and the folders in it hold' : 'holds';
  return new AppError('no_audio', `${path} ${where} no audio files that Tonearm knows.`);
}

function notAudio(path: string): AppError {
  return new AppError('unsupported_file', `${path} is not an audio file that Tonearm knows.`);
}
