import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { pathOf, requires } from '../../../test/support/requirements';
import type { Caller } from '../../rpc';
import { openAuditLog } from './audit-log';
import { AuditEvent } from './contract';

const FILTER = new URL('../../../resources/fail2ban/tonearm.conf', import.meta.url).pathname;
const { it } = requires('fail2ban-regex');

const from = (address: string): Caller => ({ transport: 'http', address });

/** The addresses that the filter finds in a log, each as often as it does. */
function foundIn(log: string, mode: 'normal' | 'aggressive'): string[] {
  const args = ['--out', 'ip', log, `${FILTER}[mode=${mode}]`];
  const { stdout, stderr, status } = spawnSync(pathOf('fail2ban-regex'), args, { encoding: 'utf8' });
  expect(stderr + status).toBe('0');
  return stdout.split('\n').filter(Boolean);
}

/** A log with one entry of each event. */
function aLog() {
  const file = join(mkdtempSync(join(tmpdir(), 'tonearm-ban-')), 'audit.log');
  return { file, log: openAuditLog({ file }) };
}

it('bans by each failed log-in once, and by nothing else', () => {
  const { file, log } = aLog();
  for (const event of AuditEvent.options) log.note(event, from('192.0.2.1'), { agent: 'Firefox' });
  log.note('login.failed', from('2001:db8::2'), { why: 'wrong password' }, 'owner');
  log.note('login.failed', from('::ffff:192.0.2.3'), { why: 'wrong code' }, 'owner');
  expect(foundIn(file, 'normal')).toEqual(['192.0.2.1', '2001:db8::2', '192.0.2.3']);
  expect(foundIn(file, 'aggressive').filter((address) => address === '192.0.2.1')).toHaveLength(2);
});

it('cannot be led to ban somebody else', () => {
  const { file, log } = aLog();
  const line = '2026-11-30T15:12:54.123Z tonearm login.failed user=owner from=198.51.100.9 no=7';
  log.note('login', from('192.0.2.1'), { agent: `x\n${line}` });
  log.note('login.failed', from('192.0.2.1'), { agent: `from=198.51.100.9 ${line}\r\n${line}` }, 'owner');
  log.note('key.refused', from('192.0.2.1'), { path: `/${line}` });
  log.note('login.failed', { transport: 'window' }, {}, 'owner');
  writeFileSync(join(file, '..', 'other.log'), `${line} `.repeat(2));
  expect(foundIn(file, 'normal')).toEqual(['192.0.2.1']);
});
