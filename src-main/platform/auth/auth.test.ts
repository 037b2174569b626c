import { expect, it } from 'vitest';
import { openDatabase } from '../database';
import { createAuth } from './auth';
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

it('slows down guesses from many addresses together', () => {
  const { throttle } = createAuth({ db: openDatabase(':memory:'), clock });
  for (let i = 0; i < 20; i += 1) throttle.attempt(`10.0.0.${i}`);
  expect(() => throttle.attempt('10.0.0.99')).toThrow(/Try again in 60 seconds/);
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
