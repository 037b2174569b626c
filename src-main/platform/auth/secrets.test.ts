import { expect, it, vi } from 'vitest';

const compared = vi.hoisted((): [Uint8Array, Uint8Array][] => []);
vi.mock('node:crypto', async (original) => {
  const crypto = await original<typeof import('node:crypto')>();
  const timingSafeEqual: typeof crypto.timingSafeEqual = (a, b) => {
    compared.push([a as Uint8Array, b as Uint8Array]);
    return crypto.timingSafeEqual(a, b);
  };
  return { ...crypto, timingSafeEqual };
});

const { openDatabase } = await import('../database');
const { createAuth } = await import('./auth');
const { digestOf } = await import('./secrets');

it('compares secrets of every kind by digests of one length, in constant time, right or wrong', async () => {
  const clock = () => new Date('2026-01-01T00:00:00Z');
  const auth = createAuth({ db: openDatabase(':memory:'), clock, cost: { cost: 1024, blockSize: 8, parallel: 1 } });
  const { key } = auth.keys.create('a', 'full');
  await auth.passwords.set('correct horse');
  const secrets = [key, auth.sessions.begin({ userAgent: 'a' }), auth.localToken, 'x', '', 'y'.repeat(100_000)];
  for (const secret of secrets) {
    compared.length = 0;
    auth.identify(secret);
    expect(compared.length).toBeGreaterThan(0);
    for (const [shown] of compared) expect(Buffer.from(shown)).toEqual(digestOf(secret));
  }
  compared.length = 0;
  expect([await auth.passwords.verify('wrong horse'), await auth.passwords.verify('correct horse')]).toEqual([
    false,
    true,
  ]);
  expect(compared).toHaveLength(2);
  for (const [a, b] of compared) expect([a.byteLength, b.byteLength]).toEqual([32, 32]);
});
