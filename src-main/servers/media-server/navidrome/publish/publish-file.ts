import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PLAYLIST, safeName } from '../../../../discovery/playlists';
import type { SafeFiles } from '../../../../files/safe-files';
import { findStamp } from '../../../../platform/file-stamp';
import { AppError } from '../../../../rpc';
import type { LocalMusic } from '../../../connections';
import type { Publisher, SmartPlaylist } from '../../../publishing';
import { type Navidrome, sharedPlaces, toRemote } from '../client';

const FOLDER = 'Playlists';
const HEAD = '/* Written by Tonearm. Publishing again replaces what is changed here. */\n';
const MAX_BYTES = 100 * 1024;

/**
 * A .nsp file in a folder that both see, and a scan of that folder. Only files that we wrote are replaced or deleted.
 */
export function createFilePublisher(
  navidrome: Navidrome,
  places: LocalMusic,
  safeFiles: Pick<SafeFiles, 'write' | 'remove'>,
): Publisher {
  return {
    async publish({ playlist, known, libraryId }) {
      const shared = await sharedPlaces(navidrome, places);
      const seen = places.libraries().filter(({ id }) => shared.some((place) => place.libraryId === id));
      const library = seen.find(({ id }) => libraryId === undefined || id === libraryId);
      if (!library) throw notSeen(navidrome);
      const path = known?.path ?? join(library.root_path, FOLDER, `${safeName(playlist.name)}.nsp`);
      const content = contentOf(playlist);
      const expected = (await findStamp(path)) ?? null;
      if (!known) await refuseForeign(path);
      const prepare = async () => ({ content: Buffer.from(content) });
      await safeFiles.write({ path, kind: PLAYLIST, expected, prepare });
      const folder = toRemote(shared, { libraryId: library.id, path: FOLDER });
      const message = await scanned(navidrome, folder && `${folder.remoteId}:${folder.path}`);
      return { remoteId: null, path, remoteHash: sha256(content), message };
    },

    async find({ path, remoteHash }) {
      const content = await contentAt(path!);
      if (content === undefined) return 'gone';
      return sha256(content) === remoteHash ? 'same' : 'changed';
    },

    /** Navidrome keeps what it imported from a file that is gone, so that is deleted there too. */
    async remove({ path }) {
      const expected = await findStamp(path!);
      if (expected) await safeFiles.remove({ path: path!, kind: PLAYLIST, expected });
      const name = path!.replaceAll('\\', '/').split('/').slice(-2).join('/');
      const imported = await navidrome.native.listPlaylists().catch(() => []);
      const [ours, ...others] = imported.filter(({ path: there }) => there?.replaceAll('\\', '/').endsWith(`/${name}`));
      if (ours && others.length === 0) await navidrome.native.deletePlaylist(ours.id);
    },
  };
}

function contentOf({ name, comment, public: isPublic, rules }: SmartPlaylist): string {
  const content = `${HEAD}${JSON.stringify({ name, comment, public: isPublic, ...rules }, null, 2)}\n`;
  if (Buffer.byteLength(content) <= MAX_BYTES) return content;
  throw new AppError('too_large', 'The playlist has more rules than Navidrome reads from a file: 100 KB.');
}

async function refuseForeign(path: string): Promise<void> {
  if ((await contentAt(path)) === undefined) return;
  throw new AppError(
    'conflict',
    `${path} is there already and was not written by Tonearm. Rename the playlist or the file.`,
  );
}

async function contentAt(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new AppError('not_writable', `${path} cannot be read.`, { cause: thrown });
  }
}

/** The file is in its place whether or not a scan may be started. Returns what the person should know. */
async function scanned({ subsonic }: Navidrome, target: string | undefined): Promise<string | null> {
  try {
    await subsonic.startScan(target === undefined ? [] : [target]);
    return null;
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    return `The file is written; Navidrome shows it after its next scan. ${thrown.message}`;
  }
}

const notSeen = ({ connection }: Navidrome) =>
  new AppError(
    'conflict',
    `${connection.name} sees no library of Tonearm's, so a file would not be found. Publish it directly instead.`,
  );

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');
