import { mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { type StandIn, startNavidrome } from '../support/navidrome';
import { type Served, serve } from './served';

let served: Served | undefined;
let server: StandIn | undefined;
afterEach(async () => {
  await served?.stop();
  await server?.stop();
});

it('connects a Navidrome, publishes a playlist there, outlives its absence, and writes its password nowhere', async () => {
  server = await startNavidrome();
  const data = mkdtempSync(join(tmpdir(), 'tonearm-navidrome-'));
  served = await serve({ data });
  const { api } = served;
  const { id } = await api.connections.add({
    kind: 'navidrome',
    url: server.url,
    username: 'ada',
    secret: 'battery staple',
  });
  expect(await api.connections.test({ id })).toMatchObject({
    state: 'failing',
    stateMessage: expect.stringMatching(/password is wrong/),
  });
  await api.connections.update({ id, secret: 'correct horse' });
  expect(await api.connections.test({ id })).toMatchObject({ state: 'ok', version: '0.61.0' });

  const criteria = { rules: { all: [{ field: 'genre', operator: 'is' as const, value: 'Jazz' }] } };
  const playlist = await api.playlists.create({ name: 'Jazz', criteria });
  const { remoteId } = await api.publishing.publish({ id: playlist.id, connectionId: id });
  expect(server.state.playlists.get(remoteId!)).toMatchObject({
    name: 'Jazz',
    rules: { all: [{ is: { genre: 'Jazz' } }] },
  });

  await server.stop();
  await expect(api.publishing.publish({ id: playlist.id, connectionId: id })).rejects.toThrow(/not reachable/);
  expect(await api.connections.get({ id })).toMatchObject({ state: 'failing' });
  expect((await api.health.health({})).product).toBe('Tonearm');
  server = undefined;

  await served.stop();
  served = undefined;
  for (const file of readdirSync(data, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const text = readFileSync(join(file.parentPath, file.name)).toString('latin1');
    expect(text.includes('correct horse') || text.includes('battery staple'), file.name).toBe(false);
  }
  if (process.platform !== 'win32') expect(statSync(join(data, 'secret.key')).mode & 0o777).toBe(0o600);
});
