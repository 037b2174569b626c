import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openAuditLog, readAudit } from '../audit';
import { openDatabase } from '../database';
import { createSecretBox, plainFileKey } from '../sealing';
import { createAuth } from './auth';
import { carryAccounts } from './carry-accounts';

const CHEAP = { cost: 2 ** 10, blockSize: 8, parallel: 1 };
const ON_MACHINE = { transport: 'cli' } as const;

/** An installation, its clock, and a copy of its database as it was at some moment. */
function anInstallation() {
  const folder = mkdtempSync(join(tmpdir(), 'tonearm-carry-'));
  const place = (name: string) => join(folder, name);
  let now = Date.parse('2026-01-01T00:00:00Z');
  const clock = () => new Date(now);
  const pass = (ms: number) => {
    now += ms;
  };
  const audit = openAuditLog({ file: place('audit.log'), clock });
  const db = openDatabase(place('now.db'));
  const authOf = (of: typeof db) =>
    createAuth({
      db: of,
      clock,
      cost: CHEAP,
      audit,
      secretBox: createSecretBox(of, plainFileKey(place('secret.key'))),
    });
  return {
    ...{ db, place, authOf, auth: authOf(db), pass },
    backUp: (name: string) => void db.exec(`VACUUM INTO '${place(name)}'`),
    restore(name: string, present: string | undefined) {
      const copy = openDatabase(place(name));
      const isNow = carryAccounts(copy, present, () => readAudit(place('audit.log')));
      return { isNow, auth: authOf(copy), copy };
    },
  };
}

it('makes the accounts of a restored database those of now: nothing that ended comes back, and nothing new is lost', async () => {
  const { db, auth, backUp, restore, place, pass } = anInstallation();
  const leaked = auth.keys.create('leaked', 'full');
  const kept = auth.keys.create('kept', 'read');
  const stolen = auth.sessions.begin({ userAgent: 'a thief' });
  await auth.passwords.set('the old one');
  backUp('backup.db');

  pass(86_400_000);
  auth.keys.revoke(leaked.apiKey.id, ON_MACHINE);
  const later = auth.keys.create('later', 'webhook');
  auth.keys.revoke(later.apiKey.id, ON_MACHINE);
  await auth.changePassword('the new one', undefined, ON_MACHINE);
  const mine = auth.sessions.begin({ userAgent: 'me' });
  const { secret } = auth.authenticator.propose();
  db.prepare('INSERT INTO authenticator (id, secret, last_step, created_at) VALUES (1, ?, 1, ?)').run(
    createSecretBox(db, plainFileKey(place('secret.key'))).seal(secret, {
      table: 'authenticator',
      row: 1,
      column: 'secret',
    }),
    '2026-01-02',
  );
  const codes = auth.recoveryCodes.renew();

  const { isNow, auth: after } = restore('backup.db', place('now.db'));
  expect(isNow).toBe(true);
  expect([leaked.key, stolen].map((each) => after.identify(each))).toEqual([undefined, undefined]);
  expect([kept.key, mine].map((each) => after.identify(each)?.scope)).toEqual(['read', 'full']);
  expect([await after.passwords.verify('the old one'), await after.passwords.verify('the new one')]).toEqual([
    false,
    true,
  ]);
  expect(after.authenticator.isOn()).toBe(true);
  expect(after.authenticator.take('000000')).toBe(false);
  expect(after.recoveryCodes.take(codes[0])).toBe(true);
  // Numbers of revoked keys are not given again.
  expect(after.keys.create('newest', 'full').apiKey.id).toBe(later.apiKey.id + 1);
});

it('does not bring back a second factor that was removed', () => {
  const { db, auth, backUp, restore, place } = anInstallation();
  db.exec("INSERT INTO authenticator (id, secret, last_step, created_at) VALUES (1, x'00', 1, '2025-01-01')");
  db.exec(
    "INSERT INTO passkey (credential_id, public_key, counter, transports, host, name, created_at) VALUES ('c', x'00', 0, '[]', 'localhost', 'lost phone', '2025-01-01')",
  );
  backUp('backup.db');
  auth.authenticator.remove();
  auth.passkeys.remove(1);
  const { auth: after } = restore('backup.db', place('now.db'));
  expect([after.authenticator.isOn(), after.passkeys.isAny()]).toEqual([false, false]);
});

it('goes by the audit log where the database of now is gone, and ends all sessions', async () => {
  const { auth, backUp, restore, pass } = anInstallation();
  const leaked = auth.keys.create('leaked', 'full');
  const kept = auth.keys.create('kept', 'read');
  const session = auth.sessions.begin({ userAgent: 'me' });
  await auth.passwords.set('the old one');
  backUp('backup.db');
  pass(86_400_000);
  auth.keys.revoke(leaked.apiKey.id, ON_MACHINE);
  await auth.changePassword('the new one', undefined, ON_MACHINE);

  const { isNow, auth: after } = restore('backup.db', undefined);
  expect(isNow).toBe(false);
  expect([leaked.key, session].map((each) => after.identify(each))).toEqual([undefined, undefined]);
  expect(after.identify(kept.key)?.scope).toBe('read');
  expect(after.passwords.isSet()).toBe(false);
});

it('takes over the accounts of a database of an older schema', () => {
  const { backUp, restore, place } = anInstallation();
  backUp('backup.db');
  const older = openDatabase(place('older.db'));
  older.exec('DROP TABLE session; DROP TABLE passkey; DROP TABLE authenticator; DROP TABLE recovery_code');
  older.exec(`CREATE TABLE session (id INTEGER PRIMARY KEY, token_hash BLOB, created_at TEXT, last_used_at TEXT,
    expires_at TEXT, user_agent TEXT);
    INSERT INTO session VALUES (3, x'00', '2026-01-01', '2026-01-01', '2027-01-01', 'me')`);
  older.close();
  const { isNow, copy } = restore('backup.db', place('older.db'));
  expect(isNow).toBe(true);
  expect(copy.prepare('SELECT id, confirmed_at FROM session').all()).toEqual([{ id: 3, confirmed_at: '' }]);
});
