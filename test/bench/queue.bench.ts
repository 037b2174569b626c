import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'vitest';
import { encodeWav } from '../../src-main/app/demo';
import { addJobs, aQueue } from '../../src-main/jobs/queue/queue.fixture';
import { readInstance } from '../../src-main/platform/auth';
import { findPaths } from '../../src-main/platform/paths/paths';
import { serve } from '../../src-main/transport/serve';
import { payloads } from '../support/lidarr';
import { record } from './results';

const at = (values: readonly number[], part: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))];

async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

it('pages, counts and sums among 100 000 jobs', async () => {
  const { db, queue } = aQueue({});
  addJobs(db, 100_000);
  const times: number[] = [];
  for (let offset = 0; offset < 66_000; offset += 1_000) {
    times.push(await timed(() => queue.views.list(undefined, 50, offset)));
    times.push(await timed(() => queue.views.list('ended_well', 50, offset)));
    times.push(await timed(() => queue.status()));
  }
  const p99 = at(times, 0.99);
  record('Queue', {
    what: 'a page, or the sums, of 100 000 jobs: p99',
    figure: `${p99.toFixed(1)} ms`,
    line: '< 50 ms',
    passes: p99 < 50 ? 'yes' : 'no',
  });
});

it('answers a request for one file once its job is durable', async () => {
  const home = mkdtempSync(join(tmpdir(), 'tonearm-bench-'));
  const file = join(home, 'tone.wav');
  const tone = Float32Array.from({ length: 80_000 }, (_, i) => Math.sin(i / 5));
  writeFileSync(file, encodeWav([tone], 8000));
  const paths = findPaths({ data: join(home, 'data'), models: [] });
  const { listener: door, stop } = await serve(paths, { port: 0 });
  const headers = {
    'Content-Type': 'application/json',
    Authorization: `Bearer ${readInstance(paths.instanceFile)!.token}`,
  };
  const post = (route: string, body: unknown) =>
    fetch(`http://127.0.0.1:${door.port}${route}`, { method: 'POST', headers, body: JSON.stringify(body) });
  await post('/api/web/libraries', { root_path: home });
  await post('/api/web/worker/pause', {});
  const times: number[] = [];
  for (let i = 0; i < 100; i++) times.push(await timed(async () => (await post('/api/v1/tag', { path: file })).text()));
  await stop();
  rmSync(home, { recursive: true, force: true });
  const p99 = at(times, 0.99);
  record('Queue', {
    what: 'answer to POST /api/v1/tag: median, p99 of 100',
    figure: `${at(times, 0.5).toFixed(1)} ms, ${p99.toFixed(1)} ms`,
    line: '≤ 100 ms',
    passes: p99 <= 100 ? 'yes' : 'no',
  });
});

it('keeps 10 000 events of a Lidarr within a minute, each before it is answered', async () => {
  const home = mkdtempSync(join(tmpdir(), 'tonearm-bench-'));
  const paths = findPaths({ data: join(home, 'data'), models: [] });
  const { listener: door, stop } = await serve(paths, { port: 0 });
  const headers = {
    'Content-Type': 'application/json',
    Authorization: `Bearer ${readInstance(paths.instanceFile)!.token}`,
  };
  const post = (route: string, body: unknown) =>
    fetch(`http://127.0.0.1:${door.port}${route}`, { method: 'POST', headers, body: JSON.stringify(body) });
  const added = await post('/api/web/connections', { kind: 'lidarr', url: 'http://127.0.0.1:1' });
  const { id } = (await added.json()) as { id: number };
  const times: number[] = [];
  let next = 0;
  const tellSome = async () => {
    for (let at = next++; at < 10_000; at = next++) {
      const reported = payloads.download([{ id: at, path: `/music/Artist/Album/${at}.flac` }], { downloadId: `${at}` });
      times.push(await timed(async () => (await post(`/api/v1/webhooks/inbound/lidarr/${id}`, reported)).text()));
    }
  };
  const tookS = (await timed(() => Promise.all(Array.from({ length: 4 }, tellSome)))) / 1000;
  await stop();
  rmSync(home, { recursive: true, force: true });
  const p99 = at(times, 0.99);
  record('Queue', {
    what: '10 000 events of Lidarr, four at a time: all of them; an answer: median, p99',
    figure: `${tookS.toFixed(0)} s; ${at(times, 0.5).toFixed(1)} ms, ${p99.toFixed(1)} ms`,
    line: '≤ 60 s, ≤ 100 ms',
    passes: p99 <= 100 && tookS <= 60 ? 'yes' : 'no',
  });
}, 120_000);
