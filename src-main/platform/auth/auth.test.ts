import { expect, it } from 'vitest';
import { openDatabase } from '../database';
import { createAuth } from './auth';
import { clientGroup } from './client-group';
import { authHandlers } from './handlers';
import { DEFAULT_COST } from './passwords';
import { digestOf, isSameDigest } from './secrets';

const CHEAP = { cost: 2 ** 10, blockSize: 8, parallel: 1 };
const clock = () => new Date('2026-01-01T00:00:00Z');

it('shows a key once, and keeps only its hash and last four characters', () => {
  const db = openDatabase(':memory:');
  const { key, apiKey } = createAuth({ db, clock }).keys.create('Lidarr', 'webhook');
  expect(key).toMatch(/^tonearm_[A-Za-z0-9_-]{43}$/);
  expect(apiKey).toMatchObject({ name: 'Lidarr', scope: 'webhook', lastFour: key.slice(-4) });
  const row = db.prepare('SELECT * FROM api_key').get() as { key_hash: Buffer };
  expect(row.key_hash).toEqual(digestOf(key));
  expect(JSON.stringify(row)).not.toContain(key);
});

it('tells whose secret it is: a session’s, a key’s, the local one, nobody’s', () => {
  const auth = createAuth({ db: openDatabase(':memory:'), clock });
  const { key } = auth.keys.create('reader', 'read');
  expect(auth.identify(key)).toEqual({ credential: { kind: 'key', id: '1' }, scope: 'read' });
  expect(auth.identify(auth.sessions.begin({ userAgent: 'curl' }))).toMatchObject({
    credential: { kind: 'session' },
    scope: 'full',
  });
  expect(auth.identify(auth.localToken)).toMatchObject({ credential: { kind: 'local' } });
  expect(auth.identify(`${key}x`)).toBeUndefined();
  expect(auth.identify('')).toBeUndefined();
});

it('compares digests by their content, and never those of another length', () => {
  const digest = digestOf('a');
  expect(isSameDigest(digest, digestOf('a'))).toBe(true);
  expect(isSameDigest(digest, digestOf('b'))).toBe(false);
  expect(isSameDigest(digest, digest.subarray(0, 31))).toBe(false);
});

it('stores the password with a salt and the cost that it was made with, and makes it anew when the cost changed', async () => {
  const db = openDatabase(':memory:');
  const row = () => db.prepare('SELECT * FROM password').get() as { salt: Buffer; hash: Buffer; cost: number };
  const before = createAuth({ db, clock, cost: CHEAP }).passwords;
  await before.set('correct horse');
  const { salt } = row();
  expect(salt).toHaveLength(16);
  expect(await before.verify('wrong horse')).toBe(false);

  const after = createAuth({ db, clock }).passwords;
  expect(await after.verify('correct horse')).toBe(true);
  expect(row().cost).toBe(DEFAULT_COST.cost);
  expect(row().salt).not.toEqual(salt);
  expect(await after.verify('correct horse')).toBe(true);
});

it('takes the same password from a keyboard that composes letters otherwise', async () => {
  const { passwords } = createAuth({ db: openDatabase(':memory:'), clock, cost: CHEAP });
  await passwords.set('größenwahn'.normalize('NFC'));
  expect(await passwords.verify('größenwahn'.normalize('NFD'))).toBe(true);
});

it('ends a session thirty days after its beginning, however much it is used', () => {
  let now = Date.parse('2026-01-01T00:00:00Z');
  const auth = createAuth({ db: openDatabase(':memory:'), clock: () => new Date(now) });
  const token = auth.sessions.begin({ userAgent: 'browser' });
  const days = () => {
    let count = 0;
    while (auth.identify(token)) {
      now += 12 * 3_600_000;
      count += 0.5;
    }
    return count;
  };
  expect(days()).toBe(30.5);
});

it('delays guesses from many addresses together, and never refuses who has not guessed', async () => {
  const delays: number[] = [];
  const delay = async (ms: number) => void delays.push(ms);
  const { throttle } = createAuth({ db: openDatabase(':memory:'), clock, delay });
  for (let i = 0; i < 20; i += 1) await throttle.attempt({ name: `10.0.0.${i}`, isKnown: false });
  expect(delays).toEqual([]);
  for (let i = 20; i < 200; i += 1) await throttle.attempt({ name: `10.0.0.${i}`, isKnown: false });
  expect([delays[0], Math.max(...delays)]).toEqual([50, 2000]);
  delays.length = 0;
  await throttle.attempt({ name: 'device a', isKnown: true });
  expect(delays).toEqual([]);
});

it('knows a browser again that logged in before, until the password is another', async () => {
  const { passwords, devices } = createAuth({ db: openDatabase(':memory:'), clock, cost: CHEAP });
  expect(devices.issue()).toBeUndefined();
  await passwords.set('correct horse');
  const token = devices.issue()!;
  expect(devices.find(token)).toHaveLength(22);
  for (const wrong of [undefined, '', 'a', `${token}x`, `x${token}`, token.split('.')[0], '.']) {
    expect(devices.find(wrong)).toBeUndefined();
  }
  await passwords.set('correct horse');
  expect(devices.find(token)).toBeUndefined();
});

it('counts a network of version 6 as one, and an address of version 4 however it is written', () => {
  const networks = ['2001:db8:1:2::1', '2001:DB8:1:2:ffff::', '2001:0db8:0001:0002:1:2:3:4'].map(clientGroup);
  expect(new Set(networks)).toEqual(new Set(['2001:db8:1:2::/64']));
  expect(clientGroup('2001:db8:1:3::1')).not.toBe(networks[0]);
  expect(clientGroup('fe80::1%eth0')).toBe('fe80:0:0:0::/64');
  expect([clientGroup('::ffff:10.0.0.1'), clientGroup('10.0.0.1')]).toEqual(['10.0.0.1', '10.0.0.1']);
});

it('takes no password that was changed while it was looked at, and does not put it back', async () => {
  const [db, other] = [openDatabase(':memory:'), openDatabase(':memory:')];
  await createAuth({ db, clock, cost: CHEAP }).passwords.set('old and stolen');
  await createAuth({ db: other, clock, cost: CHEAP }).passwords.set('new and safe');
  const { passwords } = createAuth({ db, clock, cost: { ...CHEAP, cost: 2 ** 11 } });
  const wasRight = passwords.verify('old and stolen');
  const { salt, hash } = other.prepare('SELECT salt, hash FROM password').get() as { salt: Buffer; hash: Buffer };
  db.prepare('UPDATE password SET salt = ?, hash = ?').run(salt, hash);
  expect(await wasRight).toBe(false);
  expect(await passwords.verify('old and stolen')).toBe(false);
  expect(await Promise.all([passwords.verify('new and safe'), passwords.verify('new and safe')])).toEqual([true, true]);
});

it('lets nobody in by a login link that was made before the password was changed', async () => {
  const auth = createAuth({ db: openDatabase(':memory:'), clock, cost: CHEAP });
  const handlers = authHandlers(auth);
  const { ticket } = await handlers.createTicket({}, { transport: 'cli' });
  await handlers.setPassword({ password: 'correct horse' }, { transport: 'cli' });
  expect(() => handlers.redeem({ ticket }, { transport: 'http' })).toThrow(/was used or is too old/);
});
