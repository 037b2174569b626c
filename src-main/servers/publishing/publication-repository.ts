import type { Database } from '../../platform/database';
import { byName } from '../../platform/natural-order';
import type { Publication, PublishHow } from './contract';

/** A publication with what only we need to know of it. */
export interface StoredPublication extends Publication {
  /** Of what the server had when we had published. */
  readonly remoteHash: string;
}

interface PublicationRow {
  playlist_id: number;
  connection_id: number;
  how: PublishHow;
  name: string;
  remote_id: string | null;
  path: string | null;
  remote_hash: string;
  state: Publication['state'];
  message: string | null;
  published_at: string;
  checked_at: string;
}

export function createPublicationRepository(db: Database) {
  const one = db.prepare<[number, number], PublicationRow>(
    'SELECT * FROM publication WHERE playlist_id = ? AND connection_id = ?',
  );
  const ofPlaylist = db.prepare<[number], PublicationRow>('SELECT * FROM publication WHERE playlist_id = ?');
  const ofConnection = db.prepare<[number], PublicationRow>(
    'SELECT * FROM publication WHERE connection_id = ? ORDER BY id',
  );
  const put = db.prepare(`
    INSERT INTO publication (playlist_id, connection_id, how, name, remote_id, path, remote_hash, state, message,
      published_at, checked_at)
    VALUES (:playlistId, :connectionId, :how, :name, :remoteId, :path, :remoteHash, :state, :message,
      :publishedAt, :checkedAt)
    ON CONFLICT (playlist_id, connection_id) DO UPDATE SET how = excluded.how, name = excluded.name,
      remote_id = excluded.remote_id, path = excluded.path, remote_hash = excluded.remote_hash,
      state = excluded.state, message = excluded.message, published_at = excluded.published_at,
      checked_at = excluded.checked_at`);
  const note = db.prepare(`
    UPDATE publication SET state = :state, message = :message, checked_at = :at
    WHERE playlist_id = :playlistId AND connection_id = :connectionId`);
  const remove = db.prepare('DELETE FROM publication WHERE playlist_id = ? AND connection_id = ?');

  return {
    find(playlistId: number, connectionId: number): StoredPublication | undefined {
      const row = one.get(playlistId, connectionId);
      return row && toPublication(row);
    },
    listOfPlaylist: (id: number): StoredPublication[] => ofPlaylist.all(id).map(toPublication),
    listOfConnection: (id: number): StoredPublication[] =>
      ofConnection
        .all(id)
        .map(toPublication)
        .sort((a, b) => byName(a.name, b.name)),
    put(publication: StoredPublication): void {
      put.run(publication);
    },
    note(of: Publication, state: Publication['state'], message: string | null, at: string): void {
      note.run({ playlistId: of.playlistId, connectionId: of.connectionId, state, message, at });
    },
    remove: (playlistId: number, connectionId: number): boolean => remove.run(playlistId, connectionId).changes > 0,
  };
}

const toPublication = (row: PublicationRow): StoredPublication => ({
  playlistId: row.playlist_id,
  connectionId: row.connection_id,
  how: row.how,
  name: row.name,
  remoteId: row.remote_id,
  path: row.path,
  remoteHash: row.remote_hash,
  state: row.state,
  message: row.message,
  publishedAt: row.published_at,
  checkedAt: row.checked_at,
});
