import { type Caller, fieldFailure } from '../../rpc';
import type { AuditLog } from '../audit';
import type { Attempts } from './attempts';
import { isOnMachine, refuseKeys, sessionOf } from './callers';
import { attempterOf } from './login-throttle';
import type { createPasswords } from './passwords';
import type { createSessions } from './sessions';
import type { createTickets } from './tickets';

interface PasswordChangeDeps {
  readonly passwords: ReturnType<typeof createPasswords>;
  readonly sessions: Pick<ReturnType<typeof createSessions>, 'endOthers'>;
  readonly attempts: Attempts;
  readonly loginTickets: Pick<ReturnType<typeof createTickets<true>>, 'recall'>;
  readonly audit: AuditLog;
}

/**
 * Sets the password. Over HTTP the present one has to be given, whatever credential comes with it; on the machine itself
 * it need not, which is the way out for who forgot it. All sessions end but the one that asks, and login links are good
 * no more.
 */
export function createChangePassword({ passwords, sessions, attempts, loginTickets, audit }: PasswordChangeDeps) {
  async function checkPresent(given: string | undefined, caller: Caller): Promise<void> {
    if (isOnMachine(caller)) return;
    if (!passwords.isSet()) return refuseKeys(caller);
    if (given === undefined) throw refusal('Enter the present password too.');
    await attempts.count(caller);
    if (await passwords.verify(given, attempterOf(caller).isKnown)) return attempts.succeeded(caller);
    audit.note('identity.refused', caller, { why: 'wrong password', for: 'a new password' });
    throw refusal('This is not the present password.');
  }

  return async (password: string, present: string | undefined, caller: Caller): Promise<void> => {
    await checkPresent(present, caller);
    await passwords.set(password);
    const ended = sessions.endOthers(sessionOf(caller));
    loginTickets.recall();
    audit.note('password.changed', caller, { ended });
  };
}

const refusal = (message: string) => fieldFailure('currentPassword', message);
