import type { AlarmClock } from '../../../platform/clock';
import type { MappedPath, PathMappings } from '../../path-mapping';
import type { CatchUpSource, WebhooksIn } from '../../webhooks-in';
import { type EventDeps, type FileChange, type PostedChanges, trackAt } from './events';
import { changeOf, oncePerPath, payloadsOf } from './history-rows';
import type { HistoryRow, Lidarrs } from './lidarr-client';
import type { LidarrStore } from './store';

export interface CatchUpDeps {
  readonly store: Pick<LidarrStore, 'link' | 'setLink'>;
  readonly webhooksIn: Pick<WebhooksIn, 'store'>;
  readonly lidarrs: Pick<Lidarrs, 'use'>;
  readonly posted: Pick<PostedChanges, 'wasPosted'>;
  readonly mappings: Pick<PathMappings, 'find'>;
  readonly tracks: EventDeps['tracks'];
  readonly clock: Pick<AlarmClock, 'now'>;
}

/**
 * Reads what a Lidarr did since we read its history last, and stores events for what no webhook posted: some things it
 * never posts, and what it posted while we were away is lost. The first time only notes where the history ends.
 */
export function createCatchUp(deps: CatchUpDeps): CatchUpSource {
  const { store, lidarrs, clock } = deps;

  async function storeMissed(connectionId: number, rows: readonly HistoryRow[]): Promise<number> {
    const missed: HistoryRow[] = [];
    for (const row of oncePerPath(rows)) if (!(await isKnown(deps, connectionId, row))) missed.push(row);
    const payloads = payloadsOf(missed);
    for (const payload of payloads) {
      const { eventType } = payload;
      const event = { connectionId, via: 'history', eventType, digest: null, status: 'pending' } as const;
      await deps.webhooksIn.store({ ...event, raw: JSON.stringify(payload) });
    }
    return payloads.length;
  }

  return {
    hasBegun: (connectionId) => store.link(connectionId).historyDate !== null,
    async catchUp(connectionId) {
      const { historyDate, historyIds } = store.link(connectionId);
      const now = new Date(clock.now()).toISOString();
      if (historyDate === null) {
        store.setLink(connectionId, { historyDate: now });
        // Nothing is missed from now on; but that it was read is true only once the server has answered.
        await lidarrs.use(connectionId, (client) => client.historySince(now));
        store.setLink(connectionId, { caughtUpAt: now });
        return { events: 0 };
      }
      const all = await lidarrs.use(connectionId, (client) => client.historySince(historyDate));
      const rows = all
        .filter(({ id, date }) => compare(date, historyDate) > 0 || !historyIds.includes(id))
        .toSorted((a, b) => compare(a.date, b.date) || a.id - b.id);
      const events = await storeMissed(connectionId, rows);
      store.setLink(connectionId, { ...endOf(all, { historyDate, historyIds }), caughtUpAt: now });
      return { events };
    },
  };
}

interface HistoryEnd {
  readonly historyDate: string;
  /** The rows of that very date, of which more may come. */
  readonly historyIds: readonly number[];
}

function endOf(rows: readonly HistoryRow[], before: HistoryEnd): HistoryEnd {
  const last = rows.reduce((latest, { date }) => (compare(date, latest) > 0 ? date : latest), before.historyDate);
  const atLast = rows.filter(({ date }) => compare(date, last) === 0).map(({ id }) => id);
  const known = compare(last, before.historyDate) === 0 ? before.historyIds : [];
  return { historyDate: last, historyIds: [...new Set([...known, ...atLast])] };
}

const compare = (a: string, b: string): number => Date.parse(a) - Date.parse(b);

/** Whether a webhook posted the same as a row of the history, or the library shows it already. */
async function isKnown(deps: CatchUpDeps, connectionId: number, row: HistoryRow): Promise<boolean> {
  const change: FileChange = changeOf(row);
  if (deps.posted.wasPosted(connectionId, change, row.date)) return true;
  const found: MappedPath = await deps.mappings.find(connectionId, change.path).catch(() => NOWHERE);
  if (found.kind === 'unmapped') return false;
  const track = trackAt(deps, found);
  if (change.kind === 'deleted') return !track || track.missingSince !== null;
  const analyzedAt = track?.missingSince === null ? track.analyzedAt : null;
  return change.kind === 'imported' && analyzedAt !== null && analyzedAt >= row.date;
}

const NOWHERE: MappedPath = { kind: 'unmapped', prefix: '', message: '' };
