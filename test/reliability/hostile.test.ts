import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../src-main/platform/database';
import { startUnderLoad, type UnderLoad, unanswered } from './hostile-load';
import { HOSTILE_KINDS } from './hostile-requests';

const TRACKS = 2000;
const SIZE = { count: 120, connections: 100, perSecond: 1000 };
const MAX_MORE_MB = 300;
/** What the events of one server may take, and the log of what is being written. */
const MAX_STORED_BYTES = 64 * 2 ** 20;
const MAX_MORE_DISK_MB = 150;

let load: UnderLoad;
beforeAll(async () => {
  load = await startUnderLoad(TRACKS);
}, 120_000);
afterAll(() => load?.stop());

it.each(HOSTILE_KINDS)(
  'goes on serving others, in bounded memory and disk, under: %s',
  async (kind) => {
    const { endings, served, peakMB, restMB, diskPeakMB, diskBeforeMB } = await load.endure(kind, SIZE);
    expect(Object.values(endings).reduce((sum, count) => sum + count, 0)).toBe(SIZE.count);
    expect(unanswered(served)).toEqual([]);
    expect(peakMB - restMB).toBeLessThan(MAX_MORE_MB);
    expect(diskPeakMB - diskBeforeMB).toBeLessThan(MAX_MORE_DISK_MB);
    const db = openDatabase(load.database);
    const stored = db.prepare('SELECT COALESCE(SUM(OCTET_LENGTH(raw)), 0) FROM inbound_event').pluck().get();
    db.close();
    expect(stored).toBeLessThan(MAX_STORED_BYTES);
  },
  120_000,
);
