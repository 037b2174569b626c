import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import { AppError, type Caller } from '../../rpc';
import type { AuditLog } from '../audit';
import type { Attempts } from './attempts';
import type { Authenticator } from './authenticator';
import type { createKnownDevices } from './known-devices';
import { attempterOf } from './login-throttle';
import type { Passkeys } from './passkeys';
import type { createPasswords } from './passwords';
import type { createRecoveryCodes } from './recovery-codes';
import { type createSessions, SESSION_IDLE_S } from './sessions';
import type { createTickets } from './tickets';

interface LoginDeps {
  readonly passwords: Pick<ReturnType<typeof createPasswords>, 'isSet' | 'verify'>;
  readonly authenticator: Pick<Authenticator, 'isOn' | 'take'>;
  readonly recoveryCodes: Pick<ReturnType<typeof createRecoveryCodes>, 'take' | 'left'>;
  readonly passkeys: Pick<Passkeys, 'find'>;
  readonly sessions: Pick<ReturnType<typeof createSessions>, 'begin'>;
  readonly devices: Pick<ReturnType<typeof createKnownDevices>, 'issue'>;
  readonly attempts: Attempts;
  readonly loginTickets: Pick<ReturnType<typeof createTickets<true>>, 'redeem'>;
  readonly audit: AuditLog;
}

/** What the page has to ask for next, in the details of a refusal. */
const NEEDS_CODE = [{ needs: 'code' }];

/** The ways in for people. Each attempt leaves one line in the audit log. */
const WRONG_PASSWORD = 'This is not the password.';

export function createLogin(deps: LoginDeps) {
  const { passwords, authenticator, recoveryCodes, passkeys, sessions, devices, attempts, loginTickets, audit } = deps;
  function fail(caller: Caller, why: string, message: string, details: readonly unknown[] = []): never {
    audit.note('login.failed', caller, { why, agent: caller.userAgent }, 'owner');
    throw new AppError('unauthorized', message, { details });
  }

  function begin(caller: Caller, how: string) {
    attempts.succeeded(caller);
    audit.note('login', caller, { how, agent: caller.userAgent }, 'owner');
    const token = sessions.begin(caller);
    const device = caller.knownDevice === undefined ? devices.issue() : undefined;
    return { session_token: token, token, expires_in: SESSION_IDLE_S, device_token: device };
  }

  function takeCode(code: string): 'code' | 'recovery code' | undefined {
    if (authenticator.take(code)) return 'code';
    return recoveryCodes.take(code) ? 'recovery code' : undefined;
  }

  return {
    /** With a second factor the password alone opens nothing: `needs: 'code'` stands in the details then. */
    async byPassword({ password, code }: { password: string; code?: string }, caller: Caller) {
      if (!passwords.isSet())
        throw new AppError('conflict', 'No password is set yet. Set one in the settings, or with "nom password set".');
      await attempts.count(caller);
      if (!(await passwords.verify(password, attempterOf(caller).isKnown)))
        return fail(caller, 'wrong password', WRONG_PASSWORD, [{ path: 'password', message: WRONG_PASSWORD }]);
      if (!authenticator.isOn()) return begin(caller, 'password');
      if (!code) {
        audit.note('login.code-asked', caller, { agent: caller.userAgent }, 'owner');
        const message = 'Enter the code of your authenticator app, or one of your recovery codes.';
        throw new AppError('unauthorized', message, { details: NEEDS_CODE });
      }
      const how = takeCode(code);
      if (how) return begin(caller, `password and ${how}`);
      const message = 'This code is not right, or was used before. Wait for the next one.';
      return fail(caller, 'wrong code', message, [...NEEDS_CODE, { path: 'code', message }]);
    },
    byLink(ticket: string, caller: Caller) {
      if (loginTickets.redeem(ticket)) return begin(caller, 'login link');
      return fail(caller, 'login link', 'This login link was used or is too old. Make a new one with "nom open".');
    },
    async byPasskey(response: AuthenticationResponseJSON, caller: Caller) {
      await attempts.count(caller);
      const passkey = await passkeys.find(response, caller, 'login');
      if (passkey) return begin(caller, `passkey ${passkey.name}`);
      return fail(caller, 'passkey', 'This passkey is not known here. Log in in another way, and add it again.');
    },
  };
}
