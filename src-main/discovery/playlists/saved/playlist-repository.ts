import type { Database } from '../../../platform/database';
import { byName } from '../../../platform/natural-order';
import { AppError } from '../../../rpc';
import { Criteria } from '../rules/contract';
import type { PlaylistDraft, SavedPlaylist, Target } from './playlist';

interface PlaylistRow {
  id: number;
  name: string;
  kind: 'smart' | 'static';
  comment: string;
  criteria: string | null;
  is_public: 0 | 1;
  target: Target;
  created_at: string;
  updated_at: string;
}

/** The saved playlists and the tracks of the static ones. */
export function createPlaylistRepository(db: Database, now: () => Date) {
  const all = db.prepare<[], PlaylistRow>('SELECT * FROM playlist ORDER BY id');
  const byId = db.prepare<[number], PlaylistRow>('SELECT * FROM playlist WHERE id = ?');
  const insert = db.prepare(`
    INSERT INTO playlist (name, kind, comment, criteria, is_public, target, created_at, updated_at)
    VALUES (@name, @kind, @comment, @criteria, @is_public, @target, @at, @at)`);
  const update = db.prepare(`
    UPDATE playlist SET name = @name, comment = @comment, criteria = @criteria, is_public = @is_public,
      target = @target, updated_at = @at
    WHERE id = @id`);
  const remove = db.prepare('DELETE FROM playlist WHERE id = ?');
  const addTrack = db.prepare('INSERT INTO playlist_track (playlist_id, position, track_id) VALUES (?, ?, ?)');

  function get(id: number): SavedPlaylist {
    const row = byId.get(id);
    if (!row) throw new AppError('not_found', `There is no playlist ${id}.`);
    return toPlaylist(row);
  }
  const valuesOf = (draft: PlaylistDraft) => ({
    ...draft,
    criteria: draft.criteria && JSON.stringify(draft.criteria),
    is_public: Number(draft.isPublic),
    at: now().toISOString(),
  });

  return {
    list: (): SavedPlaylist[] =>
      all
        .all()
        .map(toPlaylist)
        .sort((a, b) => byName(a.name, b.name)),
    /** Throws `not_found`. */
    get,
    /** Adds a playlist; `trackIds` are the tracks of a static one, in their order. */
    add: db.transaction((draft: PlaylistDraft, trackIds: readonly number[] = []): SavedPlaylist => {
      const id = Number(insert.run(valuesOf(draft)).lastInsertRowid);
      for (const [position, trackId] of trackIds.entries()) addTrack.run(id, position, trackId);
      return get(id);
    }),
    update(id: number, changes: Partial<PlaylistDraft>): SavedPlaylist {
      update.run({ ...valuesOf({ ...get(id), ...changes }), id });
      return get(id);
    },
    remove(id: number): void {
      remove.run(id);
    },
  };
}
export type PlaylistRepository = ReturnType<typeof createPlaylistRepository>;

function toPlaylist(row: PlaylistRow): SavedPlaylist {
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    comment: row.comment,
    criteria: row.criteria === null ? null : Criteria.parse(JSON.parse(row.criteria)),
    isPublic: row.is_public === 1,
    target: row.target,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}
