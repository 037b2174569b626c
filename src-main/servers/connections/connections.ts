import type { z } from 'zod';
import type { Clock } from '../../platform/clock';
import type { Database } from '../../platform/database';
import type { EventBus } from '../../platform/events';
import type { SecretBox } from '../../platform/sealing';
import type { HandlersOf } from '../../rpc';
import { AppError, fieldFailure } from '../../rpc';
import { createConnectionCalls } from './connection-calls';
import { type ConnectionValues, createConnectionRepository, secretAt } from './connection-repository';
import type { Connection, ConnectionsEvents, connectionsContract } from './contract';
import type { ConnectionKind, ConnectionKinds, LocalLibrary } from './kind';
import { serverUrl } from './server-url';

export interface ConnectionsDeps {
  readonly db: Database;
  readonly events: Pick<EventBus<ConnectionsEvents>, 'emit'>;
  readonly clock: Clock;
  readonly secretBox: SecretBox;
  readonly kinds: ConnectionKinds;
  /** For the warnings of a test. */
  readonly libraries?: () => readonly LocalLibrary[];
}

type Changes = Omit<z.output<typeof connectionsContract.update.input>, 'id'>;

/** The servers we talk to: adds, changes, tests and removes them, and opens one for those who call it. */
export function createConnections({ db, events, clock, secretBox, kinds, libraries = () => [] }: ConnectionsDeps) {
  const repository = createConnectionRepository(db);
  const now = () => clock().toISOString();

  function get(id: number): Connection {
    const found = repository.find(id);
    if (!found) throw new AppError('not_found', `There is no connection ${id}.`);
    return found;
  }

  /** Throws `invalid_input` for a kind that nobody registered. */
  function kindOf(name: string): ConnectionKind {
    if (Object.hasOwn(kinds, name)) return kinds[name];
    const message = `There is no kind of server "${name}". Known here: ${Object.keys(kinds).join(', ')}.`;
    throw fieldFailure('kind', message);
  }

  function refuseTaken(name: string, id?: number): void {
    const isSame = (other: Connection) => other.id !== id && other.name.toLowerCase() === name.toLowerCase();
    if (repository.list().some(isSame))
      throw fieldFailure('name', `Another connection is called "${name}".`, { code: 'conflict' });
  }

  function valuesOf(kind: ConnectionKind, known: ConnectionValues, changes: Changes): ConnectionValues {
    const { name, username, isEnabled } = { ...known, ...withoutUndefined(changes) };
    return { name, username, isEnabled, url: known.url, options: optionsOf(kind, known.options, changes) };
  }

  function keepSecret(id: number, { secret }: Changes): void {
    if (secret === undefined) return;
    repository.setSecret(id, secret === '' ? null : secretBox.seal(secret, secretAt(id)));
  }

  const calls = createConnectionCalls({ repository, events, clock, secretBox, get, kindOf, libraries });

  return {
    list: () => repository.list(),
    get,
    ...calls,

    /** Throws `not_found` when the connection is not there, or is of another kind. */
    getOfKind(id: number, kind: string): Connection {
      const connection = get(id);
      if (connection.kind === kind) return connection;
      throw new AppError('not_found', `Connection ${id} is not a ${kinds[kind]?.title ?? kind}.`);
    },

    /** Throws `invalid_input` for a kind, address or option that cannot be, `conflict` for a name that is taken. */
    add({ kind: kindName, url, ...changes }: Changes & { kind: string; url: string }): Connection {
      const kind = kindOf(kindName);
      const name = changes.name ?? freeName(kind.title, repository.list());
      refuseTaken(name);
      const blank = { name, url: serverUrl(url), username: '', options: {}, isEnabled: true };
      const values = valuesOf(kind, blank, changes);
      // Sealed for its row, which is not known before.
      const id = repository.together(() => {
        const added = repository.add(kindName, values, now());
        keepSecret(added, changes);
        return added;
      });
      events.emit('connections.changed', { ids: [id] });
      return get(id);
    },

    /** A changed address, name or secret makes the state unknown again. Throws as `add`, and `not_found`. */
    update(id: number, changes: Changes): Connection {
      const known = get(id);
      if (changes.name !== undefined) refuseTaken(changes.name, id);
      const url = changes.url === undefined ? known.url : serverUrl(changes.url);
      if (changes.secret === undefined && known.hasSecret) refuseForeignHost(known.url, url);
      const values = valuesOf(kindOf(known.kind), { ...known, url }, changes);
      repository.together(() => {
        repository.update(id, values, now());
        keepSecret(id, changes);
      });
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
  };
}
export type Connections = ReturnType<typeof createConnections>;

export function connectionsHandlers(
  connections: Connections,
  kinds: ConnectionKinds,
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
  throw fieldFailure('secret', message);
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

function withoutUndefined<T extends object>(values: T): T {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T;
}
