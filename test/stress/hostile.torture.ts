import { availableParallelism, loadavg } from 'node:os';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordFigure } from '../reliability/figures';
import { type Endured, startUnderLoad, type UnderLoad, unanswered, within } from '../reliability/hostile-load';
import { HOSTILE_KINDS } from '../reliability/hostile-requests';

const TRACKS = 100_000;
const REQUESTS = Number(process.env.TONEARM_REQUESTS) || 10_000;
/** Half-sent ones stay open; the rest come as fast as these let them, up to fifteen times what one key may ask. */
const SIZE = { connections: 300, perSecond: 300 };
const MAX_P99_MS = 200;
const MAX_MORE_MB = 300;
/** The quota of the events of one server, its log of what is being written, and the log. */
const MAX_MORE_DISK_MB = 150;

let load: UnderLoad;
beforeAll(async () => {
  load = await startUnderLoad(TRACKS);
}, 300_000);
afterAll(() => load?.stop());

it.each(HOSTILE_KINDS)('goes on serving others, in bounded memory and disk, under: %s', async (kind) => {
  const endured = await load.endure(kind, { count: REQUESTS, ...SIZE });
  record(kind, endured);
  const { served, beside, peakMB, restMB, diskPeakMB, diskBeforeMB } = endured;
  expect(unanswered(served)).toEqual([]);
  expect(peakMB - restMB).toBeLessThan(MAX_MORE_MB);
  expect(diskPeakMB - diskBeforeMB).toBeLessThan(MAX_MORE_DISK_MB);
  expect(within(0.99, served) - within(0.99, beside)).toBeLessThan(MAX_P99_MS);
});

function record(kind: string, endured: Endured): void {
  const { endings, served, beside, restMB, peakMB, diskBeforeMB, diskPeakMB, ms } = endured;
  const ended = Object.entries(endings).map(([ending, count]) => `${count} × ${ending}`);
  const [p50, p99, most] = [0.5, 0.99, 1].map((share) => `${within(share, served).toFixed(0)} ms`);
  recordFigure('hostile', {
    what: kind,
    cases: Object.values(endings).reduce((sum, count) => sum + count, 0),
    passed: served.length - unanswered(served).length,
    line: `others: all answered, p99 < ${MAX_P99_MS} ms above an idle server’s; < ${MAX_MORE_MB} MB, < ${MAX_MORE_DISK_MB} MB on disk`,
    note: `${ended.join(', ')} in ${(ms / 1000).toFixed(0)} s; ${served.length} honest requests: ${p50} (half), ${p99} (99 %), ${most} (longest), ${within(0.99, beside).toFixed(0)} ms (99 %) by an idle server beside it; memory ${restMB.toFixed(0)} → ${peakMB.toFixed(0)} MB, disk + ${(diskPeakMB - diskBeforeMB).toFixed(0)} MB; machine's load ${loadavg()[0].toFixed(0)} on ${availableParallelism()} processors`,
  });
}
