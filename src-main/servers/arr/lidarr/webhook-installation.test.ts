import { afterEach, expect } from 'vitest';
import { type StandInLidarr, startLidarr } from '../../../../test/support/lidarr';
import { requires } from '../../../../test/support/requirements';
import { createReceiver } from '../../../../test/support/webhook-receiver';
import { aConnectedLibrary, type ConnectedLibrary } from './lidarr.fixture';
import { lidarrKind } from './lidarr-kind';
import { webhookUrls } from './webhook-urls';

const { it } = requires('ffmpeg');

let lidarr: StandInLidarr;
let here: ConnectedLibrary;
const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function setUp(changes: Partial<StandInLidarr['state']> = {}) {
  lidarr = await startLidarr();
  Object.assign(lidarr.state, changes);
  here = await aConnectedLibrary({ url: lidarr.url, secret: lidarr.key });
  const receiver = await createReceiver();
  closing.push(lidarr.close, here.stop, receiver.close);
  const url = (id = here.id) => `${receiver.base}/api/v1/webhooks/inbound/lidarr/${id}`;
  return { receiver, url };
}
const caller = { transport: 'window' } as const;

it('makes its webhook in Lidarr with one click, tried first, and updates it the next time', async () => {
  const { receiver, url } = await setUp();
  const made = await here.lidarr.handlers.install({ id: here.id, url: url() }, caller);
  expect(lidarr.state.notifications).toMatchObject([
    {
      id: made.notificationId,
      name: 'Tonearm',
      onReleaseImport: true,
      onUpgrade: true,
      onTrackRetag: true,
      onGrab: true,
    },
  ]);
  const [{ authorization, 'x-webhook-token': token }] = receiver.received.map(({ headers }) => headers);
  expect(here.auth.identify(String(token))?.scope).toBe('webhook');
  expect(Buffer.from(String(authorization).slice(6), 'base64').toString()).toBe(`lidarr:${token}`);
  await here.lidarr.handlers.install({ id: here.id, url: url() }, caller);
  expect(lidarr.state.notifications).toHaveLength(1);
  expect(new Set(receiver.received.map(({ headers }) => headers['x-webhook-token'])).size).toBe(1);
  expect(await here.lidarr.handlers.uninstall({ id: here.id }, caller)).toEqual({ removed: true });
  expect(lidarr.state.notifications).toEqual([]);
});

it('finds a webhook of ours that somebody made by hand, and fills what an older Lidarr has', async () => {
  const { url } = await setUp({ hasHeaders: false });
  const fields = ['url', 'method', 'username', 'password'].map((name) => ({
    name,
    value: name === 'url' ? `${url()}?token=x` : '',
  }));
  lidarr.state.notifications = [{ id: 7, name: 'Mine', implementation: 'Webhook', onGrab: false, fields }];
  expect(await here.lidarr.handlers.install({ id: here.id, url: url() }, caller)).toMatchObject({ notificationId: 7 });
  expect(lidarr.state.notifications).toHaveLength(1);
  expect(lidarr.state.notifications[0]).toMatchObject({ id: 7, name: 'Mine' });
  expect(lidarr.state.notifications[0].fields.map(({ name }) => name)).not.toContain('headers');
});

it('says why Lidarr could not reach us', async () => {
  const { receiver, url } = await setUp();
  receiver.answerWith(401);
  await expect(here.lidarr.handlers.install({ id: here.id, url: url() }, caller)).rejects.toMatchObject({
    code: 'provider_failed',
    message: 'Lidarr answered: Unable to send test message: HTTP 401',
  });
  expect(lidarr.state.notifications).toEqual([]);
});

it('takes its key and webhook with it when Lidarr is disconnected', async () => {
  const { url } = await setUp();
  await here.lidarr.handlers.install({ id: here.id, url: url() }, caller);
  expect(here.auth.keys.list()).toHaveLength(1);
  await here.lidarr.handlers.disconnect({ id: here.id, removeWebhook: true }, caller);
  expect(here.auth.keys.list()).toEqual([]);
  expect(lidarr.state.notifications).toEqual([]);
  expect(here.connections.list()).toEqual([]);
});

it('warns of settings of Lidarr that fight our tags', async () => {
  await setUp({ metadataProvider: { id: 1, writeAudioTags: 'sync', scrubAudioTags: true } });
  expect(await here.connections.test(here.id)).toMatchObject({ state: 'ok', version: '2.14.5.4836' });
  const warnings = here.connections.get(here.id).warnings.join(' ');
  expect(warnings).toContain('Scrub Existing Tags');
  expect(warnings).toContain('genre');
  lidarr.state.metadataProvider = { id: 1, writeAudioTags: 'no', scrubAudioTags: false };
  expect((await here.connections.test(here.id)).warnings).toEqual([]);
  here.connections.update(here.id, { secret: 'wrong' });
  expect(await here.connections.test(here.id)).toMatchObject({
    state: 'failing',
    stateMessage: expect.stringContaining('API key'),
  });
  expect(lidarrKind.options.safeParse({ quietS: -1 }).success).toBe(false);
});

it('finds out which folders of Lidarr are which here', async () => {
  await setUp();
  const names = Array.from({ length: 6 }, (_, at) => `Geogaddi/0${at}.mp3`);
  lidarr.state.artists = [
    { id: 42, artistName: 'Boards of Canada', path: '/music/B', statistics: { trackFileCount: 6 } },
  ];
  lidarr.state.trackFiles.set(
    42,
    names.map((name, at) => ({ id: at, path: `/music/B/${name}`, size: 100 + at })),
  );
  const { items, rootFolders, compared } = await here.lidarr.handlers.proposals({ id: here.id }, caller);
  expect({ items, rootFolders, compared }).toEqual({ items: [], rootFolders: ['/music'], compared: 6 });
});

it('recommends the address that Lidarr can reach', () => {
  const recommended = (url: string, isDocker = false) => {
    const all = webhookUrls('/hook', { port: 8356, isLan: true }, { url, isDocker }, ['10.0.0.5', '192.168.1.7']);
    return all.filter(({ isRecommended }) => isRecommended).map((each) => each.url);
  };
  expect(recommended('http://localhost:8686')).toEqual(['http://127.0.0.1:8356/hook']);
  expect(recommended('http://127.0.0.1:8686', true)).toEqual(['http://host.docker.internal:8356/hook']);
  expect(recommended('http://192.168.1.2:8686', true)).toEqual(['http://192.168.1.7:8356/hook']);
  expect(recommended('http://nas.lan:8686')).toEqual(['http://10.0.0.5:8356/hook']);
  expect(recommended('http://192.168.1.7:8686')).toEqual(['http://127.0.0.1:8356/hook']);
});
