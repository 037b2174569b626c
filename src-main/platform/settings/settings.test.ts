import { expect, it } from 'vitest';
import { z } from 'zod';
import { routesOf } from '../../rpc/routes';
import { openDatabase } from '../database';
import { createEventBus } from '../events';
import { setting, settingsContractOf, settingsEvents } from './contract';
import { createSettings, settingsHandlers } from './settings';

const MOON_SETTINGS = {
  phase: setting({
    schema: z.enum(['new', 'half', 'full']).default('new'),
    title: 'Phase',
    description: 'How much of it is lit',
    effect: 'Applies from tonight on.',
  }),
  craters: setting({
    schema: z.coerce.number<number | string>().int().min(0).max(64).default(0),
    title: 'Craters',
    description: 'How many there are',
    effect: 'Applies at once.',
  }),
  is_visible: setting({
    schema: z.boolean().default(true),
    title: 'Visible',
    description: 'Off while it is below the horizon',
    effect: 'Applies at once.',
  }),
};

function someSettings() {
  const db = openDatabase(':memory:');
  const events = createEventBus(settingsEvents);
  const reported: string[][] = [];
  events.on('settings.changed', ({ names }) => void reported.push(names));
  const settings = createSettings(db, events, MOON_SETTINGS);
  const contract = settingsContractOf(MOON_SETTINGS);
  const routes = routesOf('settings', contract, settingsHandlers(settings, MOON_SETTINGS), () => {});
  const [, schema, update] = routes;
  const change = (changes: unknown) => update.call(changes, { transport: 'window' });
  const described = async () => {
    const outcome = await schema.call({}, { transport: 'window' });
    return outcome.ok ? (outcome.value as { items: Record<string, unknown>[] }).items : [];
  };
  return { db, settings, reported, change, described };
}

it('changes what is named and leaves everything else as it was', async () => {
  const { settings, reported, change } = someSettings();
  await change({ phase: 'full', craters: '3' });
  await change({ is_visible: false });
  expect(settings.current).toEqual({ phase: 'full', craters: 3, is_visible: false });
  expect(reported).toEqual([['phase', 'craters'], ['is_visible']]);
});

it('refuses a value that does not fit, and changes nothing then', async () => {
  const { settings, change } = someSettings();
  expect(await change({ craters: 4, phase: 'square' })).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
  expect(settings.current.craters).toBe(0);
});

it('takes the default for what is stored and no longer fits, and leaves out what nobody declares', () => {
  const { db } = someSettings();
  const put = db.prepare('INSERT INTO setting (name, value) VALUES (?, ?)');
  for (const [name, value] of [
    ['craters', '"many"'],
    ['phase', '"half"'],
    ['tides', '7'],
  ] as const)
    put.run(name, value);
  const settings = createSettings(db, createEventBus(settingsEvents), MOON_SETTINGS);
  expect(settings.current).toEqual({ phase: 'half', craters: 0, is_visible: true });
});

it('tells of every setting what it is, what it takes and what happens when it is changed', async () => {
  const { described, change } = someSettings();
  await change({ craters: 3 });
  const items = await described();
  expect(items.map(({ name }) => name)).toEqual(Object.keys(MOON_SETTINGS));
  expect(items[1]).toMatchObject({
    title: 'Craters',
    description: 'How many there are',
    effect: 'Applies at once.',
    value: 3,
    default: 0,
    needsRestart: false,
  });
  expect(items[0]).toMatchObject({ schema: { enum: ['new', 'half', 'full'], default: 'new' } });
});
