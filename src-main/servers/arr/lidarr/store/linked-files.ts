import type { Database } from '../../../../platform/database';

/** An album or artist by Lidarr's number or MusicBrainz's. */
interface Named {
  readonly id: number | null;
  readonly mbid: string | null;
}
interface FileOwner {
  readonly album: Named | null;
  readonly artist: Named | null;
}

/** The SQL of `lidarr_file`: which file of Lidarr is which track of ours. */
export function createLinkedFiles(db: Database) {
  const putFile = db.prepare(`
    INSERT INTO lidarr_file (connection_id, file_id, track_id, album_id, album_mbid, artist_id, artist_mbid)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (connection_id, file_id) DO UPDATE SET track_id = excluded.track_id, album_id = excluded.album_id,
      album_mbid = excluded.album_mbid, artist_id = excluded.artist_id, artist_mbid = excluded.artist_mbid`);
  const dropFile = db.prepare('DELETE FROM lidarr_file WHERE connection_id = ? AND file_id = ?');
  const ofAlbum = db
    .prepare<[number, number | null, string | null], number>(`
      SELECT track_id FROM lidarr_file WHERE connection_id = ? AND (album_id = ? OR album_mbid = ?)`)
    .pluck();
  const unlinkAlbum = db.prepare(
    'DELETE FROM lidarr_file WHERE connection_id = ? AND (album_id = ? OR album_mbid = ?)',
  );
  const unlinkArtist = db.prepare('DELETE FROM lidarr_file WHERE connection_id = ? AND artist_id = ?');

  return {
    setFile(connectionId: number, fileId: number, trackId: number, { album, artist }: FileOwner): void {
      const albumIds = [album?.id ?? null, album?.mbid ?? null];
      putFile.run(connectionId, fileId, trackId, ...albumIds, artist?.id ?? null, artist?.mbid ?? null);
    },
    dropFile: (connectionId: number, fileId: number): void => void dropFile.run(connectionId, fileId),
    listTracksOfAlbum: (connectionId: number, { id, mbid }: Named): number[] => ofAlbum.all(connectionId, id, mbid),
    /** The tracks stay; only that Lidarr has them is forgotten. */
    unlinkAlbum: (connectionId: number, { id, mbid }: Named): void => void unlinkAlbum.run(connectionId, id, mbid),
    unlinkArtist: (connectionId: number, { id }: Pick<Named, 'id'>): void => void unlinkArtist.run(connectionId, id),
  };
}
