import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { Job } from '../../../jobs/queue';
import { AppError } from '../../../rpc/errors';
import { findKnownStamp, waitUntilStable } from './wait-until-stable';

const home = mkdtempSync(join(tmpdir(), 'tonearm-rest-'));
const file = join(home, 'a.flac');
afterEach(() => rmSync(file, { force: true }));

const context = { signal: new AbortController().signal, progress: () => {} };
const clock = { now: () => 1_000_000 };
const jobWith = (options: Record<string, unknown>) => ({ path: file, options }) as unknown as Job;

it('begins at once where nobody asked for rest', async () => {
  const run = waitUntilStable(async () => ({ outcome: 'tagged' }), clock);
  expect(await run(jobWith({}), context)).toEqual({ outcome: 'tagged' });
});

it('waits on while the file still grows, and begins when it is as it was seen last', async () => {
  writeFileSync(file, 'half');
  const run = waitUntilStable(async () => ({ outcome: 'tagged' }), clock);
  const seen = await findKnownStamp(file);
  writeFileSync(file, 'half and half');
  const delayed = await run(jobWith({ preset: 'fast', atRest: { quietMs: 20_000, seen } }), context);
  const now = await findKnownStamp(file);
  expect(delayed).toEqual({
    outcome: 'pending',
    notBefore: 1_020_000,
    options: { preset: 'fast', atRest: { quietMs: 20_000, seen: now } },
  });
  expect(await run(jobWith({ atRest: { quietMs: 20_000, seen: now } }), context)).toEqual({ outcome: 'tagged' });
});

it('waits again when the file is changed while it is analyzed, and passes other failures on', async () => {
  writeFileSync(file, 'whole');
  const atRest = { quietMs: 5_000, seen: await findKnownStamp(file) };
  const changed = waitUntilStable(() => Promise.reject(new AppError('file_changed', 'Changed.')), clock);
  expect(await changed(jobWith({ atRest }), context)).toMatchObject({ outcome: 'pending', notBefore: 1_005_000 });
  const broken = waitUntilStable(() => Promise.reject(new AppError('unreadable_audio', 'Broken.')), clock);
  await expect(broken(jobWith({ atRest }), context)).rejects.toThrow('Broken.');
});
