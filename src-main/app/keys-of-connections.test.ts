import { expect, it } from 'vitest';
import type { Caller, Route } from '../rpc';
import { contract } from './contract';
import { keepKeysToConnections } from './keys-of-connections';

const route = (name: string, procedure: Route['procedure']): Route => ({
  name,
  procedure,
  call: async () => ({ ok: true, value: 'done' }),
});
const [receive, tag, list] = keepKeysToConnections(
  [
    route('inbound.receive', contract.inbound.receive),
    route('queue.tag', contract.queue.tag),
    route('queue.list', contract.queue.list),
  ],
  (apiKeyId) => (apiKeyId === 7 ? 1 : undefined),
);
const key = (id: string): Caller => ({ transport: 'http', credential: { kind: 'key', id } });

it('lets the key of a connection post to its webhook, and do nothing else', async () => {
  expect(await receive.call({ kind: 'lidarr', connectionId: '1' }, key('7'))).toMatchObject({ ok: true });
  for (const connectionId of ['2', '', undefined])
    expect(await receive.call({ kind: 'lidarr', connectionId }, key('7'))).toMatchObject({
      error: { code: 'forbidden' },
    });
  expect(await tag.call({ path: '/music' }, key('7'))).toMatchObject({ error: { code: 'forbidden' } });
});

it('leaves keys that a person made, sessions and other procedures as they are', async () => {
  const session: Caller = { transport: 'http', credential: { kind: 'session', id: '7' } };
  for (const caller of [key('8'), session]) {
    expect(await receive.call({ kind: 'lidarr', connectionId: '2' }, caller)).toMatchObject({ ok: true });
    expect(await tag.call({ path: '/music' }, caller)).toMatchObject({ ok: true });
  }
  expect(await list.call({}, key('7'))).toMatchObject({ ok: true });
});
