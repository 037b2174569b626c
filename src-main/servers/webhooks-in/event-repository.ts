import type { Database } from '../../platform/database';
import { AppError } from '../../rpc';
import type { EventStatus, InboundEvent } from './contract';

/** An event as it is stored. */
export interface StoredEvent extends InboundEvent {
  readonly raw: string;
  readonly stage: number;
}

export interface NewEvent {
  readonly connectionId: number;
  readonly via: InboundEvent['via'];
  readonly eventType: string;
  readonly digest: string | null;
  readonly raw: string;
  readonly status: EventStatus;
  readonly message?: string;
}

/** What became of an event, or of a step of it. */
export type EventEnd =
  | { readonly status: 'done' | 'ignored' | 'failed'; readonly message?: string }
  | { readonly status: 'unmapped'; readonly prefixes: readonly string[]; readonly message: string }
  /** Goes on with the step `stage` at that time, in milliseconds since 1970. */
  | { readonly status: 'waiting'; readonly notBefore: number; readonly stage: number; readonly message?: string };

interface Row {
  id: number;
  connection_id: number;
  received_at: string;
  via: InboundEvent['via'];
  event_type: string;
  raw: string;
  status: EventStatus;
  stage: number;
  message: string | null;
  processed_at: string | null;
}

/** The SQL of the events of other servers. */
export function createEventRepository(db: Database) {
  const insert = db.prepare(`
    INSERT INTO inbound_event (connection_id, received_at, via, event_type, digest, raw, status, message)
    VALUES (@connectionId, @receivedAt, @via, @eventType, @digest, @raw, @status, @message)`);
  const isRepeat = db.prepare<[string, string]>(`
    SELECT 1 FROM inbound_event
    WHERE digest = ? AND received_at > ? AND status NOT IN ('failed', 'refused', 'duplicate') LIMIT 1`);
  const pending = db.prepare<[], Row>(`SELECT * FROM inbound_event WHERE status = 'pending' ORDER BY id LIMIT 1`);
  const due = db.prepare<[number], Row>(`
    SELECT * FROM inbound_event WHERE status = 'waiting' AND not_before <= ? ORDER BY not_before, id LIMIT 1`);
  const nextDue = db
    .prepare<[], number | null>(`SELECT MIN(not_before) FROM inbound_event WHERE status = 'waiting'`)
    .pluck();
  const end = db.prepare(`
    UPDATE inbound_event SET status = @status, message = @message, stage = COALESCE(@stage, stage),
      not_before = @notBefore, unmapped = @unmapped, processed_at = @processedAt
    WHERE id = @id`);
  const byId = db.prepare<[number], Row>('SELECT * FROM inbound_event WHERE id = ?');
  const list = db.prepare<unknown[], Row>(`
    SELECT id, connection_id, received_at, via, event_type, '' AS raw, status, stage, message, processed_at
    FROM inbound_event WHERE connection_id = ? AND (? IS NULL OR status = ?) AND id < ? ORDER BY id DESC LIMIT ?`);
  const unmapped = db.prepare<[number], { prefix: string; events: number }>(`
    SELECT folder.value AS prefix, COUNT(*) AS events
    FROM inbound_event INDEXED BY inbound_event_unmapped, json_each(unmapped) AS folder
    WHERE status = 'unmapped' AND connection_id = ? GROUP BY folder.value ORDER BY events DESC`);
  const unmappedOf = db
    .prepare<[], number>(`SELECT DISTINCT connection_id FROM inbound_event WHERE status = 'unmapped'`)
    .pluck();
  const again = db.prepare(`
    UPDATE inbound_event SET status = 'pending', stage = 0, not_before = NULL, unmapped = NULL, processed_at = NULL
    WHERE id = ? AND status NOT IN ('pending', 'waiting', 'refused')`);
  const unpark = db.prepare(`
    UPDATE inbound_event SET status = 'pending', stage = 0, unmapped = NULL
    WHERE status = 'unmapped' AND connection_id = ?`);
  const stored = db.prepare<[number], { bytes: number; events: number }>(`
    SELECT COALESCE(SUM(OCTET_LENGTH(raw)), 0) AS bytes, COUNT(*) AS events FROM inbound_event WHERE connection_id = ?`);
  const removeOldest = (statuses: string) =>
    db
      .prepare<[number], number>(`
    DELETE FROM inbound_event WHERE id IN (
      SELECT id FROM inbound_event WHERE connection_id = ? AND status ${statuses} ORDER BY id LIMIT 100)
    RETURNING OCTET_LENGTH(raw)`)
      .pluck();
  const removals = {
    over: removeOldest(`NOT IN ('pending', 'waiting', 'unmapped')`),
    unmapped: removeOldest(`= 'unmapped'`),
  };
  const removeOld = db.prepare('DELETE FROM inbound_event WHERE received_at < ?');

  return {
    /** Returns its number; one that repeats another of after `repeatsSince` is stored as `duplicate`. */
    add(event: NewEvent, receivedAt: string, repeatsSince: string): number {
      const isDuplicate = event.status === 'pending' && event.digest && isRepeat.get(event.digest, repeatsSince);
      const known = isDuplicate ? { status: 'duplicate', message: 'The same event came a moment ago.' } : {};
      return Number(insert.run({ message: null, ...event, ...known, receivedAt }).lastInsertRowid);
    },
    /** The next to process: a step that is due, else the oldest pending event. */
    next(now: number): StoredEvent | undefined {
      const row = due.get(now) ?? pending.get();
      return row && toEvent(row);
    },
    nextDue: (): number | null => nextDue.get() ?? null,
    end(id: number, result: EventEnd, processedAt: string): void {
      end.run({
        id,
        status: result.status,
        message: result.message ?? null,
        stage: result.status === 'waiting' ? result.stage : null,
        notBefore: result.status === 'waiting' ? result.notBefore : null,
        unmapped: result.status === 'unmapped' ? JSON.stringify(result.prefixes) : null,
        processedAt: result.status === 'waiting' ? null : processedAt,
      });
    },
    /** Throws `not_found`. */
    get(id: number): StoredEvent {
      const row = byId.get(id);
      if (!row) throw new AppError('not_found', `There is no event ${id}. Events are kept for 30 days.`);
      return toEvent(row);
    },
    list: (connectionId: number, { status = null, limit = 50, before = Number.MAX_SAFE_INTEGER }: ListOptions) =>
      list.all(connectionId, status, status, before, limit).map(toEvent),
    unmapped: (connectionId: number) => unmapped.all(connectionId),
    listUnmappedConnections: (): number[] => unmappedOf.all(),
    /** Makes an event pending again. False when it is so already, or was never understood. */
    again: (id: number): boolean => again.run(id).changes > 0,
    /** Makes the events pending again that wait for a path mapping; how many those are. */
    unpark: (connectionId: number): number => unpark.run(connectionId).changes,
    /** What the events of a connection take, without what stands beside their bodies. */
    storedBytes: (connectionId: number) => stored.get(connectionId)!,
    /** Removes up to a hundred of the oldest; the sizes of their bodies. */
    removeOldest: (connectionId: number, kind: keyof typeof removals): number[] => removals[kind].all(connectionId),
    removeBefore: (time: string): number => removeOld.run(time).changes,
  };
}

export type EventRepository = ReturnType<typeof createEventRepository>;

export interface ListOptions {
  readonly status?: EventStatus | null;
  readonly limit?: number;
  readonly before?: number;
}

function toEvent(row: Row): StoredEvent {
  return {
    id: row.id,
    connectionId: row.connection_id,
    receivedAt: row.received_at,
    via: row.via,
    eventType: row.event_type,
    status: row.status,
    message: row.message,
    processedAt: row.processed_at,
    raw: row.raw,
    stage: row.stage,
  };
}
