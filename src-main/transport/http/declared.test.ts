import { afterEach, expect, it } from 'vitest';
import { EVENTS, type Events, SETTINGS } from '../../app/contract';
import { openDatabase } from '../../platform/database';
import { createEventBus, type WholeEventBus } from '../../platform/events';
import { createSettings, settingsHandlers } from '../../platform/settings';
import { settingsContractOf } from '../../platform/settings/contract';
import { routesOf } from '../../rpc';
import { moonEvents, moonSettings } from './moons.fixture';
import { startTestServer, type TestServer } from './test-server';

let server: TestServer;
afterEach(() => server.server.close());

/** A new domain, gathered by one line for its settings and one for its events. */
const settings = { ...SETTINGS, ...moonSettings };
const events = { ...EVENTS, ...moonEvents };

async function startWithMoons() {
  const refused: string[] = [];
  const bus = createEventBus(events, (thrown) => refused.push((thrown as Error).message));
  const store = createSettings(openDatabase(':memory:'), bus, settings);
  const routes = routesOf('settings', settingsContractOf(settings), settingsHandlers(store, settings), () => {});
  server = await startTestServer({ moreRoutes: routes, events: bus as unknown as WholeEventBus<Events> });
  const headers = { 'X-Api-Key': server.key(), 'Content-Type': 'application/json' };
  const change = (body: object) =>
    fetch(`${server.base}/api/web/settings`, { method: 'PATCH', headers, body: JSON.stringify(body) });
  return { ...server, bus, store, refused, headers, change };
}

it('shows and changes a new setting over the API, and refuses what it does not take', async () => {
  const { get, headers, change, store } = await startWithMoons();
  const all = async () => (await get('/api/web/settings', headers)).json();
  expect(await all()).toMatchObject({ moon_phase: 'new', namespace: 'nom' });
  expect((await change({ moon_phase: 'square' })).status).toBe(400);
  expect((await change({ moon_phase: 'full' })).status).toBe(200);
  expect(await all()).toMatchObject({ moon_phase: 'full', namespace: 'nom' });
  expect(store.current.moon_phase).toBe('full');
  const { items } = (await (await get('/api/web/settings/schema', headers)).json()) as { items: object[] };
  expect(items.at(-1)).toMatchObject({
    name: 'moon_phase',
    title: 'Phase of the moon',
    description: 'How much of it is lit',
    effect: 'Applies from tonight on.',
  });
});

it('tells of a new event on the stream, and not of one that does not fit', async () => {
  const { get, headers, bus, refused } = await startWithMoons();
  const response = await get('/api/web/events/status', headers);
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  bus.emit('moon.risen', { name: 7 as unknown as string });
  bus.emit('moon.risen', { name: 'Io' });
  while (!text.includes('Io')) text += (await reader.read()).value ?? '';
  await reader.cancel();
  expect(text).toContain('event: moon:risen\ndata: {"name":"Io"}\n\n');
  expect(text).not.toContain('{"name":7}');
  expect(refused).toEqual(['The event moon.risen does not fit its schema.']);
});
