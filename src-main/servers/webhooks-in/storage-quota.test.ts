import { expect, it } from 'vitest';
import { aClock } from '../../../test/support/alarm-clock';
import { insertRow } from '../../../test/support/insert-row';
import { openDatabase } from '../../platform/database';
import type { EventStatus } from './contract';
import { createEventRepository, type EventRepository } from './event-repository';
import { createStorageQuota } from './storage-quota';

const MEGABYTE = 'x'.repeat(2 ** 20);

function aServer() {
  const db = openDatabase(':memory:');
  insertRow(db, 'connection', { id: 1, kind: 'lidarr', name: 'Lidarr', url: 'http://lidarr' });
  const repository = createEventRepository(db);
  const clock = aClock();
  let looks = 0;
  const removeOldest: EventRepository['removeOldest'] = (...which) => {
    looks += 1;
    return repository.removeOldest(...which);
  };
  const quota = createStorageQuota({ ...repository, removeOldest }, clock);
  const now = '2026-01-01T00:00:00.000Z';
  const store = (status: EventStatus) => {
    const event = { connectionId: 1, via: 'webhook', eventType: 'A', digest: null, raw: MEGABYTE, status } as const;
    quota.makeRoom(event);
    return repository.add(event, now, now);
  };
  return { repository, store, clock, looks: () => looks };
}

it('keeps the events of a server within 64 MiB, and forgets the oldest that are over first', () => {
  const { repository, store } = aServer();
  const waiting = store('unmapped');
  for (let count = 0; count < 200; count += 1) store('done');
  expect(repository.storedBytes(1).bytes).toBeLessThanOrEqual(64 * 2 ** 20);
  expect(repository.storedBytes(1).events).toBeGreaterThan(0);
  expect(repository.get(waiting).status).toBe('unmapped');
});

it('forgets nothing that is still to be processed, and takes no more then', () => {
  const { repository, store } = aServer();
  for (let count = 0; count < 63; count += 1) store('pending');
  expect(() => store('pending')).toThrow(/wait to be processed/);
  expect(repository.storedBytes(1).events).toBe(63);
});

it('looks for room that there is none of once in ten seconds, however many events come', () => {
  const { store, clock, looks } = aServer();
  for (let count = 0; count < 63; count += 1) store('pending');
  for (let count = 0; count < 20; count += 1) expect(() => store('pending')).toThrow(/wait to be processed/);
  const first = looks();
  expect(first).toBeLessThanOrEqual(2);
  clock.advance(10_000);
  expect(() => store('pending')).toThrow(/wait to be processed/);
  expect(looks()).toBe(2 * first);
});
