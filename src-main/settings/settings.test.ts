import { expect, it } from 'vitest';
import { openDatabase } from '../database';
import { createEventBus } from '../events';
import { routesOf } from '../routes';
import { settingsContract } from './contract';
import { answerSettings, createSettings } from './settings';

function someSettings() {
  const db = openDatabase(':memory:');
  const events = createEventBus();
  const told: string[][] = [];
  events.on('settings.changed', ({ names }) => told.push(names));
  const settings = createSettings(db, events);
  const [, update] = routesOf('settings', settingsContract, answerSettings(settings), () => {});
  const change = (changes: unknown) => update.call(changes, { door: 'window' });
  return { db, settings, told, change };
}

it('changes what is named and leaves everything else as it was', async () => {
  const { settings, told, change } = someSettings();
  await change({ preset: 'fast', workers: '3' });
  await change({ min_duration_s: 5 });
  expect(settings.current).toMatchObject({ preset: 'fast', workers: 3, min_duration_s: 5, worker_enabled: true });
  expect(told).toEqual([['preset', 'workers'], ['min_duration_s']]);
});

it('refuses a value that does not fit, and changes nothing then', async () => {
  const { settings, change } = someSettings();
  expect(await change({ workers: 4, preset: 'slow' })).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
  expect(settings.current.workers).toBe(0);
});
