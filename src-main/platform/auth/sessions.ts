import type { Clock } from '../clock';
import type { Database } from '../database';
import type { Session } from './contract';
import { digestOf, isSameDigest, newSecret } from './secrets';

/** A session ends a day after its last use (what `expires_in` tells), and thirty days after its beginning. */
export const SESSION_IDLE_S = 86_400;
const SESSION_LONGEST_S = 30 * 86_400;
const TOUCH_EVERY_MS = 60_000;

interface SessionRow {
  id: number;
  token_hash: Buffer;
  created_at: string;
  last_used_at: string;
  expires_at: string;
  user_agent: string;
}

/** Who is logged in; survives a restart. Only the hash of a token is stored. */
export function createSessions(db: Database, clock: Clock) {
  const byHash = db.prepare<[Buffer], SessionRow>('SELECT * FROM session WHERE token_hash = ?');
  const byId = db.prepare<[number], SessionRow>('SELECT * FROM session WHERE id = ?');
  const all = db.prepare<[], SessionRow>('SELECT * FROM session ORDER BY last_used_at DESC');
  const insert = db.prepare(`
    INSERT INTO session (token_hash, created_at, last_used_at, expires_at, user_agent) VALUES (?, ?, ?, ?, ?)`);
  const touch = db.prepare('UPDATE session SET last_used_at = ? WHERE id = ?');
  const remove = db.prepare('DELETE FROM session WHERE id = ?');
  const removeOthers = db.prepare('DELETE FROM session WHERE id IS NOT ?');
  const removeEnded = db.prepare('DELETE FROM session WHERE expires_at < ? OR last_used_at < ?');

  const idleSince = () => new Date(clock().getTime() - SESSION_IDLE_S * 1000).toISOString();
  const isAlive = (row: SessionRow) => row.expires_at >= clock().toISOString() && row.last_used_at >= idleSince();

  return {
    /** Begins a session and gives its token, which is not kept. */
    begin(userAgent: string): string {
      const token = newSecret();
      const now = clock();
      const end = new Date(now.getTime() + SESSION_LONGEST_S * 1000).toISOString();
      insert.run(digestOf(token), now.toISOString(), now.toISOString(), end, userAgent.slice(0, 300));
      return token;
    },
    /** The id of the living session with this token; using it keeps it alive. */
    find(digest: Buffer): number | undefined {
      const row = byHash.get(digest);
      if (!row || !isSameDigest(row.token_hash, digest) || !isAlive(row)) return undefined;
      const now = clock();
      if (now.getTime() - Date.parse(row.last_used_at) > TOUCH_EVERY_MS) touch.run(now.toISOString(), row.id);
      return row.id;
    },
    isAlive(id: number): boolean {
      const row = byId.get(id);
      return row !== undefined && isAlive(row);
    },
    list: (current: number | undefined): Session[] =>
      all
        .all()
        .filter(isAlive)
        .map((row) => ({
          id: row.id,
          userAgent: row.user_agent,
          createdAt: row.created_at,
          lastUsedAt: row.last_used_at,
          isCurrent: row.id === current,
        })),
    /** Removes the sessions that are over. */
    removeEnded: (): void => void removeEnded.run(clock().toISOString(), idleSince()),
    end: (id: number): boolean => remove.run(id).changes > 0,
    /** Ends every session but this one; all of them when none is named. */
    endOthers: (kept: number | undefined): void => void removeOthers.run(kept ?? null),
  };
}
