import type { z } from 'zod';
import type { Connection, connectionsContract } from '../../src-main/servers/connections/contract';
import { api, keyOf, queryClient } from '../api';
import { attempt } from '../ui';

export type ConnectionChanges = Omit<z.input<typeof connectionsContract.update.input>, 'id'>;

const refresh = () => queryClient.invalidateQueries({ queryKey: keyOf(api.connections.list) });

/** Asks the server, and says what it answered. */
export const testConnection = ({ id, name }: Pick<Connection, 'id' | 'name'>) =>
  attempt(
    async () => {
      const tested = await api.connections.test({ id });
      await refresh();
      if (tested.state === 'failing') throw new Error(tested.stateMessage ?? `${name} does not answer.`);
      return tested;
    },
    ({ version }) => `${name} answers${version ? `: version ${version}` : ''}.`,
  );

/** Adds a server and tests it at once. Gives whether it was added. */
export async function addConnection(input: z.input<typeof connectionsContract.add.input>): Promise<boolean> {
  let added: Connection | undefined;
  const isAdded = await attempt(async () => {
    added = await api.connections.add(input);
    await refresh();
  });
  if (added) void testConnection(added);
  return isAdded;
}

/** Changes a server and tests it at once, where that makes sense. Gives whether it was changed. */
export async function updateConnection(connection: Connection, changes: ConnectionChanges): Promise<boolean> {
  let updated: Connection | undefined;
  const isUpdated = await attempt(async () => {
    updated = await api.connections.update({ id: connection.id, ...changes });
    await refresh();
  });
  if (updated?.isEnabled && updated.state !== 'ok') void testConnection(updated);
  return isUpdated;
}

export const removeConnection = ({ id, name }: Connection) =>
  attempt(
    () => api.connections.remove({ id }),
    () => {
      void refresh();
      return `${name} is forgotten. Nothing on the server was changed.`;
    },
  );
