import { expect, it } from 'vitest';
import { routesOf } from '../../rpc/routes';
import { openDatabase } from '../database';
import { createEventBus } from '../events';
import { Settings, settingsContract } from './contract';
import { createSettings, settingsHandlers } from './settings';

function someSettings() {
  const db = openDatabase(':memory:');
  const events = createEventBus();
  const told: string[][] = [];
  events.on('settings.changed', ({ names }) => told.push(names));
  const settings = createSettings(db, events);
  const [, schema, update] = routesOf('settings', settingsContract, settingsHandlers(settings), () => {});
  const change = (changes: unknown) => update.call(changes, { transport: 'window' });
  const described = async () => {
    const outcome = await schema.call({}, { transport: 'window' });
    return outcome.ok ? (outcome.value as { items: Record<string, unknown>[] }).items : [];
  };
  return { db, settings, told, change, described };
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

it('tells of every setting what it is, what it takes and what happens when it is changed', async () => {
  const { described, change } = someSettings();
  await change({ workers: 3 });
  const items = await described();
  expect(items.map(({ name }) => name)).toEqual(Object.keys(Settings.shape));
  for (const item of items) expect([item.name, item.description, item.effect]).not.toContain('');
  expect(items.find(({ name }) => name === 'workers')).toMatchObject({ value: 3, default: 0, needsRestart: false });
  expect(items.find(({ name }) => name === 'preset')).toMatchObject({
    schema: { enum: ['precise', 'balanced', 'fast'], default: 'balanced' },
  });
});
