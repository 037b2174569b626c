import { expect, it } from 'vitest';
import { startArr } from '../../../../test/support/arr';
import { createLidarrClient } from './lidarr-client';

it('asks of Lidarr only what its published document has, and reads what it answers', async () => {
  const server = await startArr('lidarr-v1', { urlBase: '' });
  const { url, key: secret } = server;
  const connection = { id: 1, name: 'Lidarr', url, username: '', secret, options: {}, skipTlsVerify: false };
  const client = createLidarrClient(connection);
  expect(await client.artists()).toHaveLength(2);
  expect(await client.trackFiles(1)).toHaveLength(2);
  expect(await client.historySince('2026-01-01T00:00:00Z')).toHaveLength(2);
  expect(await client.metadataProvider()).toMatchObject({ scrubAudioTags: true });
  expect(await client.mediaManagement()).toMatchObject({ recycleBin: 'text' });
  expect(server.problems).toEqual([]);
  client.close();
  await server.close();
});
