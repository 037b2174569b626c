import { createHash } from 'node:crypto';
import { AppError } from '../../rpc';
import type { Connections } from './connections';
import type { OpenConnection } from './kind';

export interface KeptClientsOptions<C> {
  readonly connections: Pick<Connections, 'get' | 'use'>;
  /** The only kind of connections that these clients talk to, and its title for sentences. */
  readonly kind: string;
  readonly title: string;
  readonly open: (connection: OpenConnection) => C;
}

/**
 * Keeps one client for each connection of a kind, so that its sockets, its session and its limits last from one call to
 * the next. Another address, name or secret makes a new one.
 */
export function createKeptClients<C extends { close(): void }>({
  connections,
  kind,
  title,
  open,
}: KeptClientsOptions<C>) {
  const kept = new Map<number, { credentials: string; client: C }>();

  function clientFor(connection: OpenConnection): C {
    const credentials = digestOf(connection);
    const known = kept.get(connection.id);
    if (known?.credentials === credentials) return known.client;
    known?.client.close();
    const client = open(connection);
    kept.set(connection.id, { credentials, client });
    return client;
  }

  return {
    /**
     * Talks to one server and keeps in its state whether it answered. Throws what the work throws, `invalid_input` when
     * the connection is of another kind, and `conflict` when it is switched off.
     */
    async use<T>(id: number, work: (client: C, connection: OpenConnection) => Promise<T>): Promise<T> {
      const { kind: found, name } = connections.get(id);
      if (found !== kind) throw new AppError('invalid_input', `"${name}" is not a ${title}.`);
      return connections.use(id, (connection) => work(clientFor(connection), connection));
    },
    close(): void {
      for (const { client } of kept.values()) client.close();
      kept.clear();
    },
  };
}
const digestOf = ({ url, username, secret, skipTlsVerify }: OpenConnection): string =>
  createHash('sha256')
    .update(JSON.stringify([url, username, secret, skipTlsVerify]))
    .digest('hex');
