import { appendFileSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import type { Caller } from '../../rpc';
import { openAuditLog } from './audit-log';
import { auditContract } from './contract';
import { auditHandlers } from './handlers';

const aFile = () => join(mkdtempSync(join(tmpdir(), 'tonearm-audit-')), 'audit.log');
const clock = () => new Date('2026-11-30T15:12:54.123Z');
const from = (address: string, given: Partial<Caller> = {}): Caller => ({ transport: 'http', address, ...given });
const linesOf = (file: string) => readFileSync(file, 'utf8').split('\n').slice(0, -1);
const list = (file: string, asked: object = {}) =>
  auditHandlers(file).list(auditContract.list.input.parse(asked), { transport: 'cli' }) as {
    items: { number: number; event: string; facts: Record<string, string> }[];
    next: number | null;
  };

it('writes one line for each thing, readable by its owner alone', () => {
  const file = aFile();
  const log = openAuditLog({ file, clock });
  log.note('login.failed', from('::ffff:192.0.2.7'), { why: 'wrong password', agent: 'curl/8' }, 'owner');
  log.note('key.revoked', from('2001:db8::1', { credential: { kind: 'session', id: '4' } }), { key: 3 });
  log.note('password.changed', { transport: 'cli' });
  expect(linesOf(file)).toEqual([
    '2026-11-30T15:12:54.123Z tonearm login.failed user=owner from=192.0.2.7 no=1 why="wrong password" agent="curl/8"',
    '2026-11-30T15:12:54.123Z tonearm key.revoked user=owner from=2001:db8::1 no=2 key="3"',
    '2026-11-30T15:12:54.123Z tonearm password.changed user=local from=- no=3',
  ]);
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
});

it('stays one line, and says what happened, whatever others put into it', () => {
  const file = aFile();
  const evil = 'x"\n2026-11-30T15:12:54Z tonearm login.failed user=owner from=198.51.100.9 no=9\r\u001b[2J\u2028\u202e';
  openAuditLog({ file, clock }).note('key.refused', from('192.0.2.7 user=x'), { agent: evil });
  const [line, ...more] = linesOf(file);
  expect(more).toEqual([]);
  expect(line).toMatch(/^[\x20-\x7e]*$/);
  expect(line).toContain('from=192.0.2.7?user?x no=1');
  expect(list(file).items[0].facts.agent).toBe(evil);
});

it('begins a new file when one is full, keeps ten, counts on, and finds its place again after a restart', () => {
  const file = aFile();
  for (let number = 1; number <= 60; number += 1)
    openAuditLog({ file, clock, fullBytes: 300 }).note('login', from('192.0.2.1'), { how: 'password' });
  expect(readdirSync(dirname(file)).sort()).toEqual(
    ['audit.log', ...Array.from({ length: 9 }, (_, age) => `audit.log.${age + 1}`)].sort(),
  );
  appendFileSync(file, '2026-11-30T15:12:54.123Z tonearm login user=owner fr');
  const { items } = list(file, { limit: 200 });
  expect(items[0].number).toBe(60);
  expect(items.map(({ number }) => number)).toEqual(items.map((_, index) => 60 - index));
  openAuditLog({ file, clock }).note('logout', from('192.0.2.1'));
  expect(list(file, { limit: 1 }).items[0]).toMatchObject({ number: 61, event: 'logout' });
});

it('is read in pages, by event and by words', () => {
  const file = aFile();
  const log = openAuditLog({ file, clock });
  for (let at = 0; at < 5; at += 1) log.note('login.failed', from(`192.0.2.${at}`), { why: 'wrong password' }, 'owner');
  log.note('login', from('192.0.2.4'), { how: 'password' }, 'owner');
  const first = list(file, { limit: 2, events: 'login.failed' });
  expect(first.items.map(({ number }) => number)).toEqual([5, 4]);
  const second = list(file, { limit: 2, events: 'login.failed', before: first.next });
  expect(second.items.map(({ number }) => number)).toEqual([3, 2]);
  expect(list(file, { limit: 2, events: 'login.failed', before: second.next })).toMatchObject({
    items: [{ number: 1 }],
    next: null,
  });
  expect(list(file, { text: '192.0.2.4' }).items.map(({ event }) => event)).toEqual(['login', 'login.failed']);
});

it('costs nobody their log-in when it cannot be written', () => {
  const reported: unknown[] = [];
  const log = openAuditLog({
    file: join(aFile(), 'below a file that is none'),
    report: (thrown) => reported.push(thrown),
  });
  log.note('login', from('192.0.2.1'));
  expect(reported).toHaveLength(1);
});
