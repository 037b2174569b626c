import type { Caller, HandlersOf } from '../../rpc';
import { AppError } from '../../rpc';
import type { Auth, Identity } from './auth';
import type { authContract } from './contract';
import { attempterOf } from './login-throttle';
import { SESSION_IDLE_S } from './sessions';

/** The name of the one key that Nomarr's documents know. */
const MAIN_KEY = 'main';

/** What the outside may ask of keys, password and sessions. */
export function authHandlers(auth: Auth): HandlersOf<typeof authContract> {
  function begin(caller: Caller) {
    const token = auth.sessions.begin(caller.userAgent ?? '');
    const device = caller.knownDevice === undefined ? auth.devices.issue() : undefined;
    return { session_token: token, token, expires_in: SESSION_IDLE_S, device_token: device };
  }

  /** Whether this is the password; throws when the caller may not ask now. */
  async function isRight(password: string, caller: Caller): Promise<boolean> {
    const attempter = attempterOf(caller);
    await auth.throttle.attempt(attempter);
    const isRight = await auth.passwords.verify(password, attempter.isKnown);
    if (isRight) auth.throttle.succeeded(attempter);
    return isRight;
  }

  return {
    async login({ password }, caller) {
      if (!auth.passwords.isSet())
        throw new AppError('conflict', 'No password is set yet. Set one in the settings, or with "nom password set".');
      if (!(await isRight(password, caller))) throw new AppError('unauthorized', 'This is not the password.');
      return begin(caller);
    },
    redeem({ ticket }, caller) {
      if (!auth.loginTickets.redeem(ticket))
        throw new AppError('unauthorized', 'This login link was used or is too old. Make a new one with "nom open".');
      return begin(caller);
    },
    createTicket: () => ({ ticket: auth.loginTickets.issue(true), expiresInS: auth.loginTickets.lifetimeS }),
    createStreamTicket: ({ topics }, caller) => ({
      ticket: auth.streamTickets.issue({ identity: identityOf(caller), topics }),
      expiresInS: auth.streamTickets.lifetimeS,
    }),
    logout(_input, caller) {
      const session = sessionOf(caller);
      if (session !== undefined) auth.sessions.end(session);
      return { status: 'success' };
    },
    state: (_input, caller) => ({
      hasPassword: auth.passwords.isSet(),
      isLoggedIn: caller.transport !== 'http' || caller.credential !== undefined,
    }),
    listKeys: () => ({ items: auth.keys.list() }),
    createKey: ({ name, scope }) => auth.keys.create(name, scope),
    mainKey() {
      const key = auth.keys.findNamed(MAIN_KEY) ?? null;
      return { exists: key !== null, api_key: key && `…${key.lastFour}`, key };
    },
    regenerateMainKey() {
      const { key, apiKey } = auth.keys.replaceNamed(MAIN_KEY);
      return { api_key: key, key: apiKey };
    },
    revokeKey: ({ id }) => ({ revoked: auth.keys.revoke(id) }),
    listSessions: (_input, caller) => ({ items: auth.sessions.list(sessionOf(caller)) }),
    endSession: ({ id }) => ({ ended: auth.sessions.end(id) }),
    verifyPassword: async ({ password }, caller) => ({ isRight: await isRight(password, caller) }),
    async setPassword({ password }, caller) {
      await auth.changePassword(password, sessionOf(caller));
      return { status: 'success' };
    },
  };
}

function sessionOf(caller: Caller): number | undefined {
  return caller.credential?.kind === 'session' ? Number(caller.credential.id) : undefined;
}

/** The stream may carry no more than its maker may read; the procedure's access has seen to that already. */
function identityOf(caller: Caller): Identity {
  return { credential: caller.credential ?? { kind: 'local', id: 'local' }, scope: 'read' };
}
