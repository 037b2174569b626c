import type { Clock } from '../clock';
import type { Database } from '../database';
import type { Session } from './contract';
import { digestOf, isSameDigest, newSecret } from './secrets';

/** A session ends a day after its last use (what `expires_in` tells), and thirty days after its beginning. */
export const SESSION_IDLE_S = 86_400;
const SESSION_LONGEST_S = 30 * 86_400;
const TOUCH_EVERY_MS = 60_000;
/** For how long it counts who somebody proved to be, before what could lock the owner out is done. */
const CONFIRMED_MS = 10 * 60_000;

interface SessionRow {
  id: number;
  token_hash: Buffer;
  created_at: string;
  last_used_at: string;
  expires_at: string;
  user_agent: string;
  address: string;
  confirmed_at: string;
}

/** Where a session comes from, as the list shows it. */
export interface SessionOrigin {
  readonly userAgent?: string;
  readonly address?: string;
}

/** Who is logged in; survives a restart. Only the hash of a token is stored. */
export function createSessions(db: Database, clock: Clock) {
  const byHash = db.prepare<[Buffer], SessionRow>('SELECT * FROM session WHERE token_hash = ?');
  const byId = db.prepare<[number], SessionRow>('SELECT * FROM session WHERE id = ?');
  const all = db.prepare<[], SessionRow>('SELECT * FROM session ORDER BY last_used_at DESC');
  const insert = db.prepare(`
    INSERT INTO session (token_hash, created_at, last_used_at, expires_at, user_agent, address, confirmed_at)
    VALUES (:hash, :now, :now, :end, :userAgent, :address, :now)`);
  const touch = db.prepare('UPDATE session SET last_used_at = ?, address = COALESCE(?, address) WHERE id = ?');
  const confirm = db.prepare('UPDATE session SET confirmed_at = ? WHERE id = ?');
  const remove = db.prepare('DELETE FROM session WHERE id = ?');
  const removeOthers = db.prepare('DELETE FROM session WHERE id IS NOT ?');
  const removeEnded = db.prepare('DELETE FROM session WHERE expires_at < ? OR last_used_at < ?');

  const idleSince = () => new Date(clock().getTime() - SESSION_IDLE_S * 1000).toISOString();
  const isAlive = (row: SessionRow) => row.expires_at >= clock().toISOString() && row.last_used_at >= idleSince();

  return {
    /** Begins a session and gives its token, which is not kept. */
    begin({ userAgent = '', address = '' }: SessionOrigin): string {
      const token = newSecret();
      const now = clock();
      const end = new Date(now.getTime() + SESSION_LONGEST_S * 1000).toISOString();
      const from = { userAgent: userAgent.slice(0, 300), address: address.slice(0, 100) };
      insert.run({ hash: digestOf(token), now: now.toISOString(), end, ...from });
      return token;
    },
    /** The id of the living session with this token; using it keeps it alive. */
    find(digest: Buffer, address?: string): number | undefined {
      const row = byHash.get(digest);
      if (!row || !isSameDigest(row.token_hash, digest) || !isAlive(row)) return undefined;
      const now = clock();
      const isElsewhere = address !== undefined && address !== row.address;
      if (isElsewhere || now.getTime() - Date.parse(row.last_used_at) > TOUCH_EVERY_MS)
        touch.run(now.toISOString(), address?.slice(0, 100) ?? null, row.id);
      return row.id;
    },
    isAlive(id: number): boolean {
      const row = byId.get(id);
      return row !== undefined && isAlive(row);
    },
    /** Whether the person proved within ten minutes who they are. */
    isConfirmed(id: number): boolean {
      const row = byId.get(id);
      return row !== undefined && clock().getTime() - Date.parse(row.confirmed_at) <= CONFIRMED_MS;
    },
    confirm: (id: number): void => void confirm.run(clock().toISOString(), id),
    list: (current: number | undefined): Session[] =>
      all
        .all()
        .filter(isAlive)
        .map((row) => ({
          id: row.id,
          userAgent: row.user_agent,
          address: row.address,
          createdAt: row.created_at,
          lastUsedAt: row.last_used_at,
          isCurrent: row.id === current,
        })),
    /** Removes the sessions that are over. */
    removeEnded: (): void => void removeEnded.run(clock().toISOString(), idleSince()),
    end: (id: number): boolean => remove.run(id).changes > 0,
    /** Ends every session but this one, all of them when none is named, and tells how many. */
    endOthers: (kept: number | undefined): number => removeOthers.run(kept ?? null).changes,
  };
}
