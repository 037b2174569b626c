import type { Database } from '../../../platform/database';
import type { LidarrAlbum, LidarrArtist } from './lidarr-event';

/** Our end of a Lidarr. */
export interface LidarrLink {
  readonly apiKeyId: number | null;
  /** Sealed. */
  readonly token: Buffer | null;
  readonly notificationId: number | null;
  readonly webhookUrl: string | null;
  readonly instanceName: string | null;
  readonly verifiedAt: string | null;
  readonly historyDate: string | null;
  readonly historyIds: readonly number[];
  readonly caughtUpAt: string | null;
  readonly problems: readonly LidarrProblem[];
}
export interface LidarrProblem {
  readonly kind: string;
  readonly level: string;
  readonly message: string;
}
export interface Incoming {
  readonly downloadId: string;
  readonly title: string;
  readonly grabbedAt: string;
  readonly failure: string | null;
}

interface LinkRow {
  api_key_id: number | null;
  token: Buffer | null;
  notification_id: number | null;
  webhook_url: string | null;
  instance_name: string | null;
  verified_at: string | null;
  history_date: string | null;
  history_ids: string;
  caught_up_at: string | null;
  problems: string;
}

const MAX_INCOMING = 50;

/** The SQL of what is known of each Lidarr. */
export function createLidarrStore(db: Database) {
  const link = db.prepare<[number], LinkRow>('SELECT * FROM lidarr_link WHERE connection_id = ?');
  const putLink = db.prepare(`
    INSERT INTO lidarr_link (connection_id, api_key_id, token, notification_id, webhook_url, instance_name, verified_at,
      history_date, history_ids, caught_up_at, problems)
    VALUES (@connectionId, @apiKeyId, @token, @notificationId, @webhookUrl, @instanceName, @verifiedAt, @historyDate,
      @historyIds, @caughtUpAt, @problems)
    ON CONFLICT (connection_id) DO UPDATE SET api_key_id = excluded.api_key_id, token = excluded.token,
      notification_id = excluded.notification_id, webhook_url = excluded.webhook_url,
      instance_name = excluded.instance_name, verified_at = excluded.verified_at, history_date = excluded.history_date,
      history_ids = excluded.history_ids, caught_up_at = excluded.caught_up_at, problems = excluded.problems`);
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
  const addIncoming = db.prepare(`
    INSERT INTO lidarr_incoming (connection_id, download_id, title, album_ids, grabbed_at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (connection_id, download_id) DO UPDATE SET title = excluded.title, failure = NULL`);
  const failIncoming = db.prepare('UPDATE lidarr_incoming SET failure = ? WHERE connection_id = ? AND download_id = ?');
  const endIncoming = db.prepare('DELETE FROM lidarr_incoming WHERE connection_id = ? AND download_id = ?');
  const incoming = db.prepare<[number, number], Incoming>(`
    SELECT download_id AS downloadId, title, grabbed_at AS grabbedAt, failure FROM lidarr_incoming
    WHERE connection_id = ? ORDER BY grabbed_at DESC LIMIT ?`);
  const addRestored = db.prepare('INSERT INTO tag_restored (track_id, at) VALUES (?, ?)');
  const restored = db
    .prepare<[number, number], number>('SELECT COUNT(*) FROM tag_restored WHERE track_id = ? AND at > ?')
    .pluck();
  const forgetRestored = db.prepare('DELETE FROM tag_restored WHERE at <= ?');
  const maxRestored = db
    .prepare<[number], number>(
      'SELECT COUNT(*) FROM (SELECT 1 FROM tag_restored GROUP BY track_id HAVING COUNT(*) >= ?)',
    )
    .pluck();

  function get(connectionId: number): LidarrLink {
    const row = link.get(connectionId);
    return row ? toLink(row) : NO_LINK;
  }

  return {
    link: get,
    /** Changes what is named. */
    setLink(connectionId: number, changes: Partial<LidarrLink>): void {
      const wanted = { ...get(connectionId), ...changes };
      const lists = { historyIds: JSON.stringify(wanted.historyIds), problems: JSON.stringify(wanted.problems) };
      putLink.run({ connectionId, ...wanted, ...lists });
    },
    setFile(connectionId: number, fileId: number, trackId: number, of: FileOwner): void {
      const { album, artist } = of;
      putFile.run(
        connectionId,
        fileId,
        trackId,
        album?.id ?? null,
        album?.mbid ?? null,
        artist?.id ?? null,
        artist?.mbid ?? null,
      );
    },
    dropFile: (connectionId: number, fileId: number): void => void dropFile.run(connectionId, fileId),
    listTracksOfAlbum: (connectionId: number, { id, mbid }: LidarrAlbum): number[] =>
      ofAlbum.all(connectionId, id, mbid),
    /** The tracks stay; only that Lidarr has them is forgotten. */
    unlinkAlbum: (connectionId: number, { id, mbid }: LidarrAlbum): void =>
      void unlinkAlbum.run(connectionId, id, mbid),
    unlinkArtist: (connectionId: number, { id }: LidarrArtist): void => void unlinkArtist.run(connectionId, id),
    addIncoming(connectionId: number, { downloadId, title, albumIds }: NewIncoming, at: string): void {
      addIncoming.run(connectionId, downloadId, title, JSON.stringify(albumIds), at);
    },
    failIncoming: (connectionId: number, downloadId: string, why: string): void =>
      void failIncoming.run(why, connectionId, downloadId),
    endIncoming: (connectionId: number, downloadId: string): void => void endIncoming.run(connectionId, downloadId),
    listIncoming: (connectionId: number): Incoming[] => incoming.all(connectionId, MAX_INCOMING),
    noteRestored: (trackId: number, at: number): void => void addRestored.run(trackId, at),
    countRestored: (trackId: number, since: number): number => restored.get(trackId, since)!,
    /** How many files were restored so often, of what is not forgotten. */
    countRestoredOften: (times: number): number => maxRestored.get(times)!,
    forgetRestoredBefore: (at: number): void => void forgetRestored.run(at),
  };
}
export type LidarrStore = ReturnType<typeof createLidarrStore>;

interface FileOwner {
  readonly album: LidarrAlbum | null;
  readonly artist: LidarrArtist | null;
}
interface NewIncoming {
  readonly downloadId: string;
  readonly title: string;
  readonly albumIds: readonly number[];
}

const NO_LINK: LidarrLink = {
  apiKeyId: null,
  token: null,
  notificationId: null,
  webhookUrl: null,
  instanceName: null,
  verifiedAt: null,
  historyDate: null,
  historyIds: [],
  caughtUpAt: null,
  problems: [],
};

function toLink(row: LinkRow): LidarrLink {
  return {
    apiKeyId: row.api_key_id,
    token: row.token,
    notificationId: row.notification_id,
    webhookUrl: row.webhook_url,
    instanceName: row.instance_name,
    verifiedAt: row.verified_at,
    historyDate: row.history_date,
    historyIds: JSON.parse(row.history_ids),
    caughtUpAt: row.caught_up_at,
    problems: JSON.parse(row.problems),
  };
}
