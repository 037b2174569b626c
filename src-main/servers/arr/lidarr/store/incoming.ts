import type { Database } from '../../../../platform/database';

/** An album that Lidarr downloads. */
export interface Incoming {
  readonly downloadId: string;
  readonly title: string;
  readonly grabbedAt: string;
  readonly failure: string | null;
}
interface NewIncoming {
  readonly downloadId: string;
  readonly title: string;
  readonly albumIds: readonly number[];
}

const MAX_LISTED = 50;
/** Downloads of which nothing more was said go first. */
const MAX_KEPT = 1000;
/** What Lidarr says has a few dozen characters; whoever else posts may say more. */
const MAX_CHARS = 1000;
const brief = (text: string): string => text.slice(0, MAX_CHARS);

/** The SQL of `lidarr_incoming`. */
export function createIncoming(db: Database) {
  const add = db.prepare(`
    INSERT INTO lidarr_incoming (connection_id, download_id, title, album_ids, grabbed_at) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (connection_id, download_id) DO UPDATE SET title = excluded.title, failure = NULL`);
  const removeOld = db.prepare(`
    DELETE FROM lidarr_incoming WHERE connection_id = @connection AND download_id NOT IN (
      SELECT download_id FROM lidarr_incoming WHERE connection_id = @connection ORDER BY grabbed_at DESC LIMIT ${MAX_KEPT})`);
  const fail = db.prepare('UPDATE lidarr_incoming SET failure = ? WHERE connection_id = ? AND download_id = ?');
  const end = db.prepare('DELETE FROM lidarr_incoming WHERE connection_id = ? AND download_id = ?');
  const list = db.prepare<[number, number], Incoming>(`
    SELECT download_id AS downloadId, title, grabbed_at AS grabbedAt, failure FROM lidarr_incoming
    WHERE connection_id = ? ORDER BY grabbed_at DESC LIMIT ?`);

  return {
    addIncoming(connectionId: number, { downloadId, title, albumIds }: NewIncoming, at: string): void {
      add.run(connectionId, brief(downloadId), brief(title), JSON.stringify(albumIds.slice(0, MAX_KEPT)), at);
      removeOld.run({ connection: connectionId });
    },
    failIncoming: (connectionId: number, downloadId: string, why: string): void =>
      void fail.run(brief(why), connectionId, brief(downloadId)),
    endIncoming: (connectionId: number, downloadId: string): void => void end.run(connectionId, brief(downloadId)),
    /** Newest first, at most 50. */
    listIncoming: (connectionId: number): Incoming[] => list.all(connectionId, MAX_LISTED),
  };
}
