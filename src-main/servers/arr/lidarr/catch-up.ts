import type { AlarmClock } from '../../../platform/clock';
import { AppError } from '../../../rpc';
import type { Inbound } from '../../webhooks-in';
import type { HistoryRow, LidarrClient } from './lidarr-client';
import type { LidarrStore } from './lidarr-store';

export interface CatchUpDeps {
  readonly store: LidarrStore;
  readonly inbound: Pick<Inbound, 'receive'>;
  readonly withClient: <T>(connectionId: number, work: (client: LidarrClient) => Promise<T>) => Promise<T>;
  /** Whether what a row tells of a path was told by the webhook already, or is known otherwise. */
  readonly isKnown: (connectionId: number, told: Told) => Promise<boolean>;
  readonly clock: Pick<AlarmClock, 'now'>;
}

export interface Told {
  readonly kind: 'imported' | 'deleted' | 'renamed' | 'retagged';
  readonly path: string;
  /** ISO 8601. */
  readonly date: string;
}

const KINDS: Readonly<Record<string, Told['kind']>> = {
  trackFileImported: 'imported',
  trackFileDeleted: 'deleted',
  trackFileRenamed: 'renamed',
  trackFileRetagged: 'retagged',
};

/**
 * Reads what a Lidarr did since we read it last, and makes events of what no webhook told us: some things it never
 * tells, and what it told while we were away is lost. The first time only notes where the history ends.
 */
export function createCatchUp({ store, inbound, withClient, isKnown, clock }: CatchUpDeps) {
  return async function catchUp(connectionId: number): Promise<{ events: number }> {
    const { historyDate, historyIds } = store.link(connectionId);
    const now = new Date(clock.now()).toISOString();
    if (historyDate === null) {
      store.setLink(connectionId, { historyDate: now, caughtUpAt: now });
      return { events: 0 };
    }
    const all = await withClient(connectionId, (client) => client.historySince(historyDate));
    const rows = all
      .filter(({ id, date }) => compare(date, historyDate) > 0 || !historyIds.includes(id))
      .toSorted((a, b) => compare(a.date, b.date) || a.id - b.id);
    const fresh: HistoryRow[] = [];
    for (const row of oncePerPath(rows)) {
      if (!(await isKnown(connectionId, { kind: KINDS[row.eventType], path: pathOf(row), date: row.date })))
        fresh.push(row);
    }
    const payloads = payloadsOf(fresh);
    for (const payload of payloads) {
      const { eventType } = payload;
      const event = { connectionId, via: 'history', eventType, digest: null, status: 'pending' } as const;
      await inbound.receive({ ...event, raw: JSON.stringify(payload) });
    }
    const last = all.reduce((latest, { date }) => (compare(date, latest) > 0 ? date : latest), historyDate);
    const atLast = all.filter(({ date }) => compare(date, last) === 0).map(({ id }) => id);
    const before = compare(last, historyDate) === 0 ? historyIds : [];
    store.setLink(connectionId, {
      historyDate: last,
      historyIds: [...new Set([...before, ...atLast])],
      caughtUpAt: now,
    });
    return { events: payloads.length };
  };
}

const compare = (a: string, b: string): number => Date.parse(a) - Date.parse(b);

function pathOf({ eventType, sourceTitle, data }: HistoryRow): string {
  const said = {
    imported: data.importedPath,
    renamed: data.path,
    deleted: sourceTitle,
    retagged: data.path ?? sourceTitle,
  };
  return String(said[KINDS[eventType]] ?? sourceTitle ?? '');
}

/** There is a row for each track of a file; rows of other kinds, and those without a path, do not concern files. */
function oncePerPath(rows: readonly HistoryRow[]): HistoryRow[] {
  const files = rows.filter((row) => row.eventType in KINDS && pathOf(row) !== '');
  return [...new Map(files.map((row) => [`${row.eventType} ${pathOf(row)} ${row.date}`, row])).values()];
}

type Payload = { readonly eventType: string } & Record<string, unknown>;

/** Rows as webhooks would have told them: what was imported into an album together, with what it replaced. */
function payloadsOf(rows: readonly HistoryRow[]): Payload[] {
  const payloads: Payload[] = [];
  const imports = rows.filter((row) => KINDS[row.eventType] === 'imported' || isReplaced(row));
  for (const album of Map.groupBy(imports, ({ artistId, albumId }) => `${artistId} ${albumId}`).values()) {
    payloads.push(importOf(album));
  }
  for (const row of rows) {
    const kind = KINDS[row.eventType];
    const path = pathOf(row);
    const { artist } = ownersOf(row);
    if (kind === 'deleted' && !isReplaced(row))
      payloads.push({ eventType: 'TrackFileDelete', path, reason: row.data.reason });
    if (kind === 'retagged') payloads.push({ eventType: 'Retag', artist, trackFile: { id: 0, path } });
    if (kind === 'renamed') {
      const previousPath = String(row.data.sourcePath ?? '');
      payloads.push({ eventType: 'Rename', artist, renamedTrackFiles: [{ id: 0, path, previousPath }] });
    }
  }
  return payloads;
}

const isReplaced = (row: HistoryRow) => KINDS[row.eventType] === 'deleted' && row.data.reason === 'Upgrade';

function importOf(rows: readonly HistoryRow[]): Payload {
  const trackFiles = rows
    .filter((row) => !isReplaced(row))
    .map((row) => ({ id: Number(row.data.fileId) || 0, path: pathOf(row), size: Number(row.data.size) || null }));
  const deletedFiles = rows.filter(isReplaced).map((row) => ({ id: 0, path: pathOf(row) }));
  const downloadId = rows.find((row) => row.downloadId)?.downloadId;
  return { eventType: 'Download', ...ownersOf(rows[0]), trackFiles, deletedFiles, downloadId };
}

function ownersOf({ artistId, albumId, artist, album }: HistoryRow) {
  return {
    artist: { id: artistId, name: artist?.artistName, path: artist?.path, mbId: artist?.foreignArtistId },
    album: { id: albumId, title: album?.title, mbId: album?.foreignAlbumId },
  };
}

/** Failures that the next turn may not meet; the connection's state tells of them. */
export const isPassing = (thrown: unknown): boolean =>
  thrown instanceof AppError && ['provider_failed', 'conflict', 'cancelled', 'not_found'].includes(thrown.code);
