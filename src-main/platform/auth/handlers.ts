import type { AuthenticationResponseJSON } from '@simplewebauthn/server';
import type { Caller, HandlersOf } from '../../rpc';
import type { Auth, Identity } from './auth';
import { sessionOf } from './callers';
import type { authContract } from './contract';
import { factorHandlers } from './factor-handlers';
import { attempterOf } from './login-throttle';

/** The name of the one key that Nomarr's documents know. */
const MAIN_KEY = 'main';

/** What the outside may ask of keys, password, second factor and sessions. */
export function authHandlers(auth: Auth): HandlersOf<typeof authContract> {
  return {
    login: (input, caller) => auth.login.byPassword(input, caller),
    passkeyOptions: async (_input, caller) => ({
      options: { ...(await auth.passkeys.requestOptions(caller, 'login')) },
    }),
    passkeyLogin: ({ response }, caller) =>
      auth.login.byPasskey(response as unknown as AuthenticationResponseJSON, caller),
    redeem: ({ ticket }, caller) => auth.login.byLink(ticket, caller),
    createTicket(_input, caller) {
      auth.audit.note('login-link.created', caller);
      return { ticket: auth.loginTickets.issue(true), expiresInS: auth.loginTickets.lifetimeS };
    },
    createStreamTicket: ({ topics }, caller) => ({
      ticket: auth.streamTickets.issue({ identity: identityOf(caller), topics }),
      expiresInS: auth.streamTickets.lifetimeS,
    }),
    logout(_input, caller) {
      const session = sessionOf(caller);
      if (session !== undefined && auth.sessions.end(session)) auth.audit.note('logout', caller);
      return { status: 'success' };
    },
    state: (_input, caller) => ({
      hasPassword: auth.passwords.isSet(),
      isLoggedIn: caller.transport !== 'http' || caller.credential !== undefined,
    }),
    ...keyHandlers(auth),
    ...sessionHandlers(auth),
    async verifyPassword({ password }, caller) {
      await auth.attempts.count(caller);
      const isRight = await auth.passwords.verify(password, attempterOf(caller).isKnown);
      if (isRight) auth.attempts.succeeded(caller);
      else auth.audit.note('identity.refused', caller, { why: 'wrong password', for: 'asking whether it is right' });
      return { isRight };
    },
    async setPassword({ password, currentPassword }, caller) {
      await auth.changePassword(password, currentPassword, caller);
      return { status: 'success' };
    },
    ...factorHandlers(auth),
  };
}

type AuthHandlers = HandlersOf<typeof authContract>;

const keyHandlers = ({
  keys,
}: Auth): Pick<AuthHandlers, 'listKeys' | 'createKey' | 'mainKey' | 'regenerateMainKey' | 'revokeKey'> => ({
  listKeys: () => ({ items: keys.list() }),
  createKey: ({ name, scope }, caller) => keys.create(name, scope, caller),
  mainKey() {
    const key = keys.findNamed(MAIN_KEY) ?? null;
    return { exists: key !== null, api_key: key && `…${key.lastFour}`, key };
  },
  regenerateMainKey(_input, caller) {
    const { key, apiKey } = keys.replaceNamed(MAIN_KEY, caller);
    return { api_key: key, key: apiKey };
  },
  revokeKey: ({ id }, caller) => ({ revoked: keys.revoke(id, caller) }),
});

const sessionHandlers = ({
  sessions,
  audit,
}: Auth): Pick<AuthHandlers, 'listSessions' | 'endSession' | 'endOtherSessions'> => ({
  listSessions: (_input, caller) => ({ items: sessions.list(sessionOf(caller)) }),
  endSession({ id }, caller) {
    const ended = sessions.end(id);
    if (ended) audit.note('session.ended', caller, { session: id });
    return { ended };
  },
  endOtherSessions(_input, caller) {
    const ended = sessions.endOthers(sessionOf(caller));
    audit.note('sessions.ended', caller, { ended });
    return { ended };
  },
});

/** The stream may carry no more than its maker may read; the procedure's access has seen to that already. */
function identityOf(caller: Caller): Identity {
  return { credential: caller.credential ?? { kind: 'local', id: 'local' }, scope: 'read' };
}
