import { Secret, TOTP } from 'otpauth';
import { expect, it } from 'vitest';
import { AppError, type Caller } from '../../rpc';
import type { AuditLog } from '../audit';
import { openDatabase } from '../database';
import { createSecretBox, randomKey } from '../sealing';
import { createAuth } from './auth';
import { createAuthenticator } from './authenticator';
import { authHandlers } from './handlers';

const CHEAP = { cost: 2 ** 10, blockSize: 8, parallel: 1 };
const PASSWORD = 'correct horse';
const stranger: Caller = { transport: 'http', address: '192.0.2.7', userAgent: 'Firefox' };

/** An account with a password, and somebody who is logged in to it. */
async function anAccount() {
  let now = Date.parse('2026-01-01T00:00:00Z');
  const lines: string[] = [];
  const audit: AuditLog = {
    note: (event, _caller, facts) => void lines.push(`${event} ${facts?.why ?? facts?.how ?? ''}`.trim()),
  };
  const auth = createAuth({ db: openDatabase(':memory:'), clock: () => new Date(now), cost: CHEAP, audit });
  await auth.passwords.set(PASSWORD);
  const handlers = authHandlers(auth);
  const { session_token } = await handlers.login({ password: PASSWORD }, stranger);
  const identity = auth.identify(session_token)!;
  const owner = (): Caller => ({
    ...stranger,
    credential: identity.credential,
    isConfirmed: auth.identify(session_token)!.isConfirmed,
  });
  const codeOf = (secret: string) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now });
  const pass = (ms: number) => {
    now += ms;
  };
  lines.length = 0;
  return { auth, handlers, owner, lines, codeOf, pass, session_token };
}

async function withAuthenticator() {
  const account = await anAccount();
  const { secret, uri } = await account.handlers.proposeAuthenticator({}, account.owner());
  const added = await account.handlers.addAuthenticator({ secret, code: account.codeOf(secret) }, account.owner());
  account.pass(30_000);
  account.lines.length = 0;
  const logIn = (code?: string) => Promise.resolve(account.handlers.login({ password: PASSWORD, code }, stranger));
  return { ...account, secret, uri, recoveryCodes: added.recoveryCodes, logIn };
}

// RFC 6238, appendix B, the last six digits of what SHA-1 gives.
it.each([
  [59, '287082'],
  [1_111_111_109, '081804'],
  [1_234_567_890, '005924'],
  [20_000_000_000, '353130'],
])('takes the code of the standard at second %i', (seconds, code) => {
  const db = openDatabase(':memory:');
  const authenticator = createAuthenticator(db, () => new Date(seconds * 1000), createSecretBox(db, randomKey()));
  const secret = Secret.fromUTF8('12345678901234567890').base32;
  expect(authenticator.add(secret, '000000')).toBe(false);
  expect(authenticator.add(secret, code)).toBe(true);
  expect(authenticator.take(code)).toBe(false);
});

it('asks for a code beside the password once an app is set up, and takes each code once', async () => {
  const { logIn, codeOf, secret, uri, lines, pass } = await withAuthenticator();
  expect(uri).toMatch(/^otpauth:\/\/totp\/Tonearm:owner\?.*secret=[A-Z2-7]{32}/);
  await expect(logIn()).rejects.toMatchObject({ code: 'unauthorized', details: [{ needs: 'code' }] });
  await expect(logIn('123456')).rejects.toThrow(/not right/);
  expect((await logIn(codeOf(secret))).session_token).toMatch(/^tonearm_/);
  await expect(logIn(codeOf(secret))).rejects.toThrow(/used before/);
  pass(30_000);
  expect((await logIn(codeOf(secret))).expires_in).toBeGreaterThan(0);
  expect(lines).toEqual([
    'login.code-asked',
    'login.failed wrong code',
    'login password and code',
    'login.failed wrong code',
    'login password and code',
  ]);
});

it('does not take the code that set the app up a second time', async () => {
  const { handlers, owner, codeOf } = await anAccount();
  const { secret } = await handlers.proposeAuthenticator({}, owner());
  const code = codeOf(secret);
  await handlers.addAuthenticator({ secret, code }, owner());
  await expect(Promise.resolve(handlers.login({ password: PASSWORD, code }, stranger))).rejects.toThrow(/used before/);
});

it('takes ten recovery codes, each once, and none from before they were renewed', async () => {
  const { auth, handlers, owner, logIn, recoveryCodes } = await withAuthenticator();
  expect(new Set(recoveryCodes).size).toBe(10);
  await logIn(recoveryCodes[0].toUpperCase().replaceAll('-', ' '));
  await expect(logIn(recoveryCodes[0])).rejects.toThrow(/not right/);
  expect(auth.recoveryCodes.left()).toBe(9);
  const renewed = await handlers.renewRecoveryCodes({}, owner());
  await expect(logIn(recoveryCodes[1])).rejects.toThrow(/not right/);
  await logIn(renewed.recoveryCodes[1]);
});

it('says nothing of the code while the password is wrong', async () => {
  const { handlers } = await withAuthenticator();
  const failed = await Promise.resolve(handlers.login({ password: 'wrong', code: '123456' }, stranger)).catch(
    (thrown) => thrown,
  );
  expect(failed).toMatchObject({
    code: 'unauthorized',
    message: 'This is not the password.',
    details: [{ path: 'password' }],
  });
});

it('lets no key change how people log in, and nobody over the network reset the second factor', async () => {
  const { auth, handlers, owner } = await withAuthenticator();
  const { apiKey } = auth.keys.create('a script', 'full');
  const key: Caller = { ...stranger, credential: { kind: 'key', id: String(apiKey.id) } };
  const attempts: (() => unknown)[] = [
    () => handlers.proposeAuthenticator({}, key),
    () => handlers.removeAuthenticator({}, key),
    () => handlers.renewRecoveryCodes({}, key),
    () => handlers.newPasskeyOptions({}, key),
    () => handlers.removePasskey({ id: 1 }, key),
    () => handlers.resetSecondFactor({}, key),
    () => handlers.resetSecondFactor({}, owner()),
    () => handlers.resetSecondFactor({}, { ...stranger, credential: { kind: 'local', id: 'anyone' } }),
  ];
  for (const attempt of attempts)
    await expect(Promise.resolve().then(attempt)).rejects.toMatchObject({ code: 'forbidden' });
  expect(await handlers.resetSecondFactor({}, { transport: 'cli' })).toEqual({ hadAuthenticator: true, passkeys: 0 });
  await handlers.login({ password: PASSWORD }, stranger);
});

it('sets a password over HTTP only with the one before, whatever credential comes with it', async () => {
  const { auth, handlers, owner, lines } = await anAccount();
  const { apiKey } = auth.keys.create('a script', 'full');
  const key: Caller = { ...stranger, credential: { kind: 'key', id: String(apiKey.id) } };
  const set = (currentPassword: string | undefined, caller: Caller) =>
    Promise.resolve(handlers.setPassword({ password: 'battery staple', currentPassword }, caller));
  for (const caller of [key, owner()]) {
    await expect(set(undefined, caller)).rejects.toMatchObject({ code: 'invalid_input' });
    await expect(set('wrong', caller)).rejects.toMatchObject({ details: [{ path: 'currentPassword' }] });
  }
  expect(await auth.passwords.verify(PASSWORD)).toBe(true);
  auth.sessions.begin({ userAgent: 'another' });
  await set(PASSWORD, owner());
  expect(auth.sessions.list(undefined)).toHaveLength(1);
  await handlers.setPassword({ password: 'from the machine' }, { transport: 'cli' });
  expect(auth.sessions.list(undefined)).toHaveLength(0);
  expect(lines.filter((line) => line.startsWith('password.changed'))).toHaveLength(2);
});

it('lets no key set the first password', async () => {
  const auth = createAuth({ db: openDatabase(':memory:'), clock: () => new Date(0), cost: CHEAP });
  const key: Caller = { ...stranger, credential: { kind: 'key', id: '1' } };
  await expect(auth.changePassword('battery staple', undefined, key)).rejects.toBeInstanceOf(AppError);
});

it('asks a session of more than ten minutes who holds it, until the password is given again', async () => {
  const { auth, handlers, owner, pass, session_token, lines } = await anAccount();
  const isConfirmed = () => auth.identify(session_token)!.isConfirmed;
  expect(isConfirmed()).toBe(true);
  pass(11 * 60_000);
  expect(isConfirmed()).toBe(false);
  await expect(Promise.resolve(handlers.confirm({ password: 'wrong' }, owner()))).rejects.toMatchObject({
    code: 'invalid_input',
  });
  await handlers.confirm({ password: PASSWORD }, owner());
  expect(isConfirmed()).toBe(true);
  expect(lines).toEqual(['identity.refused wrong password', 'identity.confirmed password']);
});

it('writes one line a minute of an address that goes on after it was told to wait', async () => {
  const { handlers, lines } = await anAccount();
  const other = { ...stranger, address: '198.51.100.1' };
  for (let at = 0; at < 9; at += 1) await Promise.resolve(handlers.login({ password: 'wrong' }, other)).catch(() => {});
  expect(lines.filter((line) => line === 'login.failed wrong password')).toHaveLength(5);
  expect(lines.filter((line) => line.startsWith('login.blocked'))).toHaveLength(1);
});
