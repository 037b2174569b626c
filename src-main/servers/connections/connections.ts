import type { z } from 'zod';
import type { Clock } from '../../platform/clock';
import type { Database } from '../../platform/database';
import type { EventBus } from '../../platform/events';
import type { HandlersOf } from '../../rpc';
import { AppError } from '../../rpc';
import { type ConnectionValues, createConnectionRepository } from './connection-repository';
import type { Connection, connectionsContract, KindName } from './contract';
import type { ConnectionKind, OpenConnection } from './kind';
import type { SecretBox } from './secret-box';
import { serverUrl } from './server-url';

export interface ConnectionsDeps {
  readonly db: Database;
  readonly events: Pick<EventBus, 'emit'>;
  readonly clock: Clock;
  readonly secretBox: SecretBox;
  readonly kinds: Readonly<Record<KindName, ConnectionKind>>;
  /** What the rest of the application has to say about a connection that was tested. */
  readonly warningsOf?: (connection: Connection) => readonly string[];
}

type Changes = Omit<z.output<typeof connectionsContract.update.input>, 'id'>;

/** The servers we talk to: adding, changing, testing and forgetting them, and opening one for those who talk to it. */
export function createConnections({ db, events, clock, secretBox, kinds, warningsOf = () => [] }: ConnectionsDeps) {
  const repository = createConnectionRepository(db);
  const now = () => clock().toISOString();

  function get(id: number): Connection {
    const found = repository.find(id);
    if (!found) throw new AppError('not_found', `There is no connection ${id}.`);
    return found;
  }

  function refuseTaken(name: string, id?: number): void {
    const isSame = (other: Connection) => other.id !== id && other.name.toLowerCase() === name.toLowerCase();
    if (repository.list().some(isSame)) throw new AppError('conflict', `Another connection is called "${name}".`);
  }

  function valuesOf(kind: ConnectionKind, known: ConnectionValues, changes: Changes): ConnectionValues {
    const { name, username, isEnabled } = { ...known, ...withoutUndefined(changes) };
    const secret = changes.secret === undefined ? known.secret : sealed(changes.secret);
    return { name, username, isEnabled, secret, url: known.url, options: optionsOf(kind, known.options, changes) };
  }
  const sealed = (secret: string) => (secret === '' ? null : secretBox.seal(secret));

  /** The connection with its secret. Throws `not_found`, and `conflict` when the secret cannot be opened. */
  function open(id: number): OpenConnection {
    const { name, url, username, options } = get(id);
    const secret = repository.secretOf(id);
    const skipTlsVerify = options.skipTlsVerify === true;
    return { id, name, url, username, options, skipTlsVerify, secret: secret ? secretBox.open(secret) : '' };
  }

  /** Keeps what became of talking to a server; undefined when it went well. */
  function note(id: number, thrown: unknown, found: { version?: string | null; warnings?: readonly string[] } = {}) {
    const message = thrown === undefined ? null : sentenceOf(thrown);
    repository.note(id, { state: message === null ? 'ok' : 'failing', message, ...found }, now());
    events.emit('connections.changed', { ids: [id] });
  }

  return {
    list: () => repository.list(),
    get,
    open,
    note,

    /** Throws `invalid_input` for an address or option that cannot be, `conflict` for a name that is taken. */
    add({ kind, url, ...changes }: Changes & { kind: KindName; url: string }): Connection {
      const name = changes.name ?? freeName(kinds[kind].title, repository.list());
      refuseTaken(name);
      const blank = { name, url: serverUrl(url), username: '', secret: null, options: {}, isEnabled: true };
      const id = repository.add(kind, valuesOf(kinds[kind], blank, changes), now());
      events.emit('connections.changed', { ids: [id] });
      return get(id);
    },

    /** A changed address, name or secret makes the state unknown again. Throws as `add`, and `not_found`. */
    update(id: number, changes: Changes): Connection {
      const known = get(id);
      if (changes.name !== undefined) refuseTaken(changes.name, id);
      const url = changes.url === undefined ? known.url : serverUrl(changes.url);
      if (changes.secret === undefined && known.hasSecret) refuseForeignHost(known.url, url);
      const before = { ...known, url, secret: repository.secretOf(id) };
      repository.update(id, valuesOf(kinds[known.kind], before, changes), now());
      const isOther = url !== known.url || changes.username !== undefined || changes.secret !== undefined;
      if (isOther) repository.note(id, { state: 'unchecked', message: null, warnings: [] }, now());
      events.emit('connections.changed', { ids: [id] });
      return get(id);
    },

    remove(id: number): void {
      get(id);
      repository.remove(id);
      events.emit('connections.changed', { ids: [id] });
    },

    /** Asks the server, and keeps the answer as the connection's state. What fails is told there, never thrown. */
    async test(id: number): Promise<Connection> {
      const connection = get(id);
      const { kind } = connection;
      try {
        const opened = open(id);
        const { version, warnings } = await kinds[kind].test(opened);
        note(id, undefined, { version, warnings: [...tlsWarning(opened), ...warnings, ...warningsOf(connection)] });
      } catch (thrown) {
        note(id, thrown);
        if (!(thrown instanceof AppError)) throw thrown;
      }
      return get(id);
    },

    /**
     * Does something with the server and keeps in its state whether it answered. Throws what the work throws, and
     * `conflict` when the connection is switched off.
     */
    async use<T>(id: number, work: (connection: OpenConnection) => Promise<T>): Promise<T> {
      const { isEnabled, name, state } = get(id);
      if (!isEnabled) throw new AppError('conflict', `The connection "${name}" is switched off.`);
      try {
        const result = await work(open(id));
        if (state !== 'ok') note(id, undefined);
        return result;
      } catch (thrown) {
        if (isOfServer(thrown) && repository.find(id)) note(id, thrown);
        throw thrown;
      }
    },
  };
}
export type Connections = ReturnType<typeof createConnections>;

export function connectionsHandlers(
  connections: Connections,
  kinds: Readonly<Record<KindName, ConnectionKind>>,
): HandlersOf<typeof connectionsContract> {
  return {
    kinds: () => Object.values(kinds).map((kind) => ({ ...kind, fields: [...kind.fields] })),
    list: () => connections.list(),
    add: (input) => connections.add(input),
    get: ({ id }) => connections.get(id),
    update: ({ id, ...changes }) => connections.update(id, changes),
    remove: ({ id }) => {
      connections.remove(id);
      return { removed: true };
    },
    test: ({ id }) => connections.test(id),
  };
}

/** A secret that was entered for one host must not be sent to another because someone changed the address. */
function refuseForeignHost(known: string, wanted: string): void {
  if (new URL(known).origin === new URL(wanted).origin) return;
  const message = 'The address leads to another server: enter the password or key again.';
  throw new AppError('invalid_input', message, { details: [{ path: 'secret', message }] });
}

function optionsOf(kind: ConnectionKind, known: ConnectionValues['options'], { options = {} }: Changes) {
  const parsed = kind.options.safeParse({ ...known, ...options });
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  const details = [{ path: ['options', ...path].join('.'), message }];
  throw new AppError('invalid_input', `${path.join('.') || 'options'}: ${message}`, { details });
}

function freeName(title: string, taken: readonly Connection[]): string {
  const names = new Set(taken.map(({ name }) => name.toLowerCase()));
  let name = title;
  for (let number = 2; names.has(name.toLowerCase()); number++) name = `${title} ${number}`;
  return name;
}

const tlsWarning = ({ url, skipTlsVerify }: OpenConnection): string[] =>
  skipTlsVerify && url.startsWith('https:')
    ? ['The certificate of this server is not verified. Switch that on again when it has a proper one.']
    : [];

const isOfServer = (thrown: unknown) => thrown instanceof AppError && thrown.code === 'provider_failed';

const sentenceOf = (thrown: unknown) =>
  thrown instanceof AppError ? thrown.message : 'Something went wrong inside Tonearm. The log has the details.';

function withoutUndefined<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}
