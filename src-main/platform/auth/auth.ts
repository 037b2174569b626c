import type { Access, Caller } from '../../rpc';
import type { Clock } from '../clock';
import type { Database } from '../database';
import { createApiKeys } from './api-keys';
import type { KeyScope } from './contract';
import { createKnownDevices } from './known-devices';
import { createLoginThrottle } from './login-throttle';
import { createPasswords, type ScryptCost } from './passwords';
import { digestOf, isSameDigest, newSecret } from './secrets';
import { createSessions } from './sessions';
import { createTickets } from './tickets';

const LOGIN_LINK_S = 5 * 60;
const STREAM_TICKET_S = 30;

/** Who stands behind a request, and what they may do. */
export interface Identity {
  readonly credential: NonNullable<Caller['credential']>;
  readonly scope: KeyScope;
}

/** What an event stream's ticket stands for: whose stream, and which topics of it; none named is all. */
export interface StreamPass {
  readonly identity: Identity;
  readonly topics: readonly string[];
}

export interface AuthDeps {
  readonly db: Database;
  readonly clock: Clock;
  /** For tests, which cannot wait half a second for every password. */
  readonly cost?: ScryptCost;
  /** How attempts to log in are delayed; for tests as well. */
  readonly delay?: (ms: number) => Promise<unknown>;
}

/** Keys, password, sessions and tickets. */
export function createAuth({ db, clock, cost, delay }: AuthDeps) {
  const keys = createApiKeys(db, clock);
  const sessions = createSessions(db, clock);
  const passwords = createPasswords(db, clock, cost);
  const devices = createKnownDevices(passwords.storedHash);
  const loginTickets = createTickets<true>(clock, LOGIN_LINK_S);
  const localToken = newSecret();
  const localDigest = digestOf(localToken);

  return {
    keys,
    sessions,
    passwords,
    /** Browsers that have logged in before. */
    devices,
    throttle: createLoginThrottle(clock, delay),
    loginTickets,
    streamTickets: createTickets<StreamPass>(clock, STREAM_TICKET_S),
    /** The secret of this run, for the command line of the same user; it lies in a file that only they can read. */
    localToken,
    /** Sets the password. Whoever came in before it is out, but for one session; login links are good no more. */
    async changePassword(password: string, keptSession?: number): Promise<void> {
      await passwords.set(password);
      sessions.endOthers(keptSession);
      loginTickets.recall();
    },
    /** Whose secret this is: a session's, a key's or the local one. */
    identify(secret: string): Identity | undefined {
      const digest = digestOf(secret);
      if (isSameDigest(digest, localDigest)) return { credential: { kind: 'local', id: 'local' }, scope: 'full' };
      const session = sessions.find(digest);
      if (session !== undefined) return { credential: { kind: 'session', id: String(session) }, scope: 'full' };
      const key = keys.find(digest);
      return key && { credential: { kind: 'key', id: String(key.id) }, scope: key.scope };
    },
    /** Whether a credential is still good that was good before: a stream outlives the request that began it. */
    isLive({ credential: { kind, id } }: Identity): boolean {
      if (kind === 'session') return sessions.isAlive(Number(id));
      return kind === 'local' || keys.has(Number(id));
    },
  };
}
export type Auth = ReturnType<typeof createAuth>;

const MAY_CALL: Record<KeyScope, readonly Access[]> = {
  full: ['open', 'read', 'webhook', 'full'],
  read: ['open', 'read'],
  webhook: ['open', 'webhook'],
};

/** Whether a caller with this scope, or without any, may call what asks for this access. */
export function mayCall(access: Access, scope: KeyScope | undefined): boolean {
  return scope ? MAY_CALL[scope].includes(access) : access === 'open';
}
