import type { Access, Caller } from '../../rpc';
import { type AuditLog, silentAudit } from '../audit';
import type { Clock } from '../clock';
import type { Database } from '../database';
import { createSecretBox, randomKey, type SecretBox } from '../sealing';
import { createApiKeys } from './api-keys';
import { createAttempts } from './attempts';
import { createAuthenticator } from './authenticator';
import type { KeyScope } from './contract';
import { createKnownDevices } from './known-devices';
import { createLogin } from './login';
import { createLoginThrottle } from './login-throttle';
import { createPasskeys } from './passkeys';
import { createChangePassword } from './password-change';
import { createPasswords, type ScryptCost } from './passwords';
import { createRecoveryCodes } from './recovery-codes';
import { digestOf, isSameDigest, newSecret } from './secrets';
import { createSessions } from './sessions';
import { createTickets } from './tickets';

const LOGIN_LINK_S = 5 * 60;
const STREAM_TICKET_S = 30;

/** Who stands behind a request, and what they may do. */
export interface Identity {
  readonly credential: NonNullable<Caller['credential']>;
  readonly scope: KeyScope;
  /** False for a session whose person has to say once more who they are before anything that could lock them out. */
  readonly isConfirmed?: boolean;
}

/** What an event stream's ticket stands for: whose stream, and which topics of it; none named is all. */
export interface StreamPass {
  readonly identity: Identity;
  readonly topics: readonly string[];
}

interface AuthDeps {
  readonly db: Database;
  readonly clock: Clock;
  /** For tests, which cannot wait half a second for every password. */
  readonly cost?: ScryptCost;
  /** How attempts to log in are delayed; for tests as well. */
  readonly delay?: (ms: number) => Promise<unknown>;
  readonly audit?: AuditLog;
  /** Without one, what is sealed opens in this process alone. */
  readonly secretBox?: SecretBox;
}

/** Keys, password, second factor, passkeys, sessions and tickets. */
export function createAuth({ db, clock, cost, delay, audit = silentAudit, ...parts }: AuthDeps) {
  const { secretBox = createSecretBox(db, randomKey()) } = parts;
  const keys = createApiKeys(db, clock, audit);
  const sessions = createSessions(db, clock);
  const passwords = createPasswords(db, clock, cost);
  const devices = createKnownDevices(passwords.storedHash);
  const authenticator = createAuthenticator(db, clock, secretBox);
  const recoveryCodes = createRecoveryCodes(db);
  const passkeys = createPasskeys(db, clock);
  const throttle = createLoginThrottle(clock, delay);
  const attempts = createAttempts({ throttle, audit, clock });
  const loginTickets = createTickets<true>(clock, LOGIN_LINK_S);
  const localToken = newSecret();
  const localDigest = digestOf(localToken);
  const factors = { passwords, authenticator, recoveryCodes, passkeys };

  /** There is something to ask for, and it was not given for a while. */
  const isConfirmed = (session: number) => sessions.isConfirmed(session) || !(passwords.isSet() || passkeys.isAny());

  return {
    ...{ keys, sessions, ...factors, throttle, attempts, loginTickets, audit },
    /** Browsers that have logged in before. */
    devices,
    secretKey: secretBox.key,
    login: createLogin({ ...factors, sessions, devices, attempts, loginTickets, audit }),
    streamTickets: createTickets<StreamPass>(clock, STREAM_TICKET_S),
    /** The secret of this run, for the command line of the same user; it lies in a file that only they can read. */
    localToken,
    changePassword: createChangePassword({ passwords, sessions, attempts, loginTickets, audit }),
    /** Whose secret this is: a session's, a key's or the local one. */
    identify(secret: string, address?: string): Identity | undefined {
      const digest = digestOf(secret);
      if (isSameDigest(digest, localDigest)) return { credential: { kind: 'local', id: 'local' }, scope: 'full' };
      const session = sessions.find(digest, address);
      if (session !== undefined)
        return {
          credential: { kind: 'session', id: String(session) },
          scope: 'full',
          isConfirmed: isConfirmed(session),
        };
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
