import type { Clock } from '../../platform/clock';
import type { EventBus } from '../../platform/events';
import type { SecretBox } from '../../platform/sealing';
import { AppError } from '../../rpc';
import { type ConnectionRepository, secretAt } from './connection-repository';
import type { Connection, ConnectionsEvents } from './contract';
import type { ConnectionKind, LocalLibrary, OpenConnection } from './kind';

export interface ConnectionCallsDeps {
  readonly repository: ConnectionRepository;
  readonly events: Pick<EventBus<ConnectionsEvents>, 'emit'>;
  readonly clock: Clock;
  readonly secretBox: SecretBox;
  /** Throws `not_found`. */
  readonly get: (id: number) => Connection;
  readonly kindOf: (name: string) => ConnectionKind;
  readonly libraries: () => readonly LocalLibrary[];
}

/** Opens connections for those who talk to the server, and keeps in their state whether it answered. */
export function createConnectionCalls(deps: ConnectionCallsDeps) {
  const { repository, events, clock, secretBox, get } = deps;

  /** The connection with its secret. Throws `not_found`, and `conflict` when the secret cannot be opened. */
  function open(id: number): OpenConnection {
    const { name, url, username, options } = get(id);
    const secret = repository.secretOf(id);
    const skipTlsVerify = options.skipTlsVerify === true;
    return {
      id,
      name,
      url,
      username,
      options,
      skipTlsVerify,
      secret: secret ? secretBox.open(secret, secretAt(id)) : '',
    };
  }

  /** Stores how a call ended: with what was thrown, or undefined when it went well. */
  function note(id: number, thrown: unknown, found: { version?: string | null; warnings?: readonly string[] } = {}) {
    const message = thrown === undefined ? null : sentenceOf(thrown);
    const state = message === null ? 'ok' : 'failing';
    repository.note(id, { state, message, ...found }, clock().toISOString());
    events.emit('connections.changed', { ids: [id] });
  }

  return {
    open,
    /** Asks the server, and stores the answer as the connection's state. A failure is stored there too, never thrown. */
    async test(id: number): Promise<Connection> {
      const { kind } = get(id);
      try {
        const opened = open(id);
        const { version, warnings } = await deps.kindOf(kind).test(opened, deps.libraries());
        note(id, undefined, { version, warnings: [...tlsWarning(opened), ...warnings] });
      } catch (thrown) {
        note(id, thrown);
        if (!(thrown instanceof AppError)) throw thrown;
      }
      return get(id);
    },

    /**
     * Does something with the server and stores in the connection's state whether it answered. Throws what the work
     * throws, and `conflict` when the connection is switched off.
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

const tlsWarning = ({ url, skipTlsVerify }: OpenConnection): string[] =>
  skipTlsVerify && url.startsWith('https:')
    ? ['The certificate of this server is not verified. Switch that on again when it has a proper one.']
    : [];

const isOfServer = (thrown: unknown) => thrown instanceof AppError && thrown.code === 'provider_failed';

const sentenceOf = (thrown: unknown) =>
  thrown instanceof AppError ? thrown.message : 'Something went wrong inside Tonearm. The log has the details.';
