import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { JournalEntry, SafeFiles } from '../../../files/safe-files';
import { confine } from '../../../library/libraries';
import type { Database } from '../../../platform/database';
import { findStamp } from '../../../platform/file-stamp';
import { AppError, fieldFailure } from '../../../rpc';
import { PLAYLIST, playlistKind } from './playlist-kind';

/** Who a file belongs to. */
export type FileOwner = { readonly playlistId: number } | { readonly templateId: string };

export interface PlaylistFilesDeps {
  readonly db: Database;
  readonly safeFiles: Pick<SafeFiles, 'write' | 'remove'>;
  /** Folders that files may be written into, with all that is inside: the libraries, and the one that was chosen. */
  readonly folders: () => readonly string[];
  readonly now: () => Date;
}

interface FileRow {
  path: string;
  content_hash: string;
}

/**
 * The files that playlists are written to. Each is replaced as a whole; nothing that we did not write, or that someone
 * edited since, is replaced or deleted.
 */
export function createPlaylistFiles({ db, safeFiles, folders, now }: PlaylistFilesDeps) {
  const known = db.prepare<[string], FileRow>('SELECT path, content_hash FROM playlist_file WHERE path = ?');
  const ofPlaylist = db.prepare<[number], FileRow>(
    'SELECT path, content_hash FROM playlist_file WHERE playlist_id = ?',
  );
  const put = db.prepare(`
    INSERT INTO playlist_file (path, playlist_id, template_id, content_hash, written_at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (path) DO UPDATE SET playlist_id = excluded.playlist_id, template_id = excluded.template_id,
      content_hash = excluded.content_hash, written_at = excluded.written_at`);
  const forget = db.prepare('DELETE FROM playlist_file WHERE path = ?');
  const setHash = db.prepare('UPDATE playlist_file SET content_hash = ? WHERE path = ?');

  /** The real path of a folder that may be written into. Throws `outside_library`. */
  async function allowed(folder: string): Promise<string> {
    for (const root of folders()) {
      const inside = await confine(root, resolve(folder)).catch(() => null);
      if (inside !== null) return join(root, ...inside.split('/'));
    }
    const message = `"${folder}" is neither in a library nor in the folder chosen for playlists.`;
    throw fieldFailure('folder', message, { code: 'outside_library' });
  }

  async function refuseForeign(path: string): Promise<void> {
    const there = await contentOf(path);
    if (there === undefined) return;
    const ours = known.get(path);
    if (!ours) throw new AppError('conflict', `${path} is there already, and was not written by Tonearm.`);
    if (ours.content_hash !== hashOf(there)) {
      throw new AppError('conflict', `${path} was edited since Tonearm wrote it. Delete or rename it first.`);
    }
  }

  /** Takes a file away, so that it can be had again; false when it was left as it is. */
  async function remove(path: string): Promise<boolean> {
    const expected = await findStamp(path);
    try {
      if (expected) await safeFiles.remove({ path, kind: PLAYLIST, expected });
      return true;
    } catch (thrown) {
      if (thrown instanceof AppError) return false;
      throw thrown;
    }
  }

  /** The file is again what it was before we wrote it, or gone. */
  function undone({ path, before }: JournalEntry): void {
    if (before) setHash.run(before.fileHash, path);
    else forget.run(path);
  }

  return {
    allowed,
    kind: playlistKind(undone),
    /**
     * Writes a file into a folder that is made where it is missing; gives its path. Throws `outside_library`,
     * `conflict`, and as every write.
     */
    async write(place: { folder: string; name: string }, content: string, owner: FileOwner): Promise<string> {
      const path = join(await allowed(place.folder), safeName(place.name));
      const expected = (await findStamp(path)) ?? null;
      await refuseForeign(path);
      const prepare = async () => ({ content: Buffer.from(content) });
      await safeFiles.write({ path, kind: PLAYLIST, expected, prepare });
      const [playlistId, templateId] = 'playlistId' in owner ? [owner.playlistId, null] : [null, owner.templateId];
      put.run(path, playlistId, templateId, hashOf(content), now().toISOString());
      return path;
    },
    /** Deletes the files of a playlist that nobody edited; gives the paths of those that were left. */
    async removeOf(playlistId: number): Promise<string[]> {
      const left: string[] = [];
      for (const { path, content_hash } of ofPlaylist.all(playlistId)) {
        const content = await contentOf(path);
        const isOurs = content === undefined || hashOf(content) === content_hash;
        if (!isOurs || !(await remove(path))) left.push(path);
        forget.run(path);
      }
      return left;
    },
    listOf: (playlistId: number): string[] => ofPlaylist.all(playlistId).map(({ path }) => path),
  };
}
export type PlaylistFiles = ReturnType<typeof createPlaylistFiles>;

/** The name of a file on every system, which Navidrome does not pass over as hidden. */
export function safeName(name: string): string {
  const clean = name
    .replace(/[\\/:*?"<>|\0-\x1f\x7f]/g, '_')
    .replace(/^[. ]+|[. ]+$/g, '')
    .slice(0, 120);
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(clean) ? `_${clean}` : clean || 'Playlist';
}

async function contentOf(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined);
  if (!found) return undefined;
  return found.isFile() ? readFile(path, 'utf8') : '';
}

const hashOf = (content: string): string => createHash('sha256').update(content).digest('hex');
