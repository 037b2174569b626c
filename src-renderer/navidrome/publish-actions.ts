import type { z } from 'zod';
import type { Publication, publishingContract } from '../../src-main/servers/publishing/contract';
import { api, CallError, keyOf, queryClient } from '../api';
import { attempt, tellDone, tellFailed } from '../ui';

async function refresh(): Promise<void> {
  await queryClient.invalidateQueries({ queryKey: keyOf(api.publishing.ofConnection) });
  await queryClient.invalidateQueries({ queryKey: keyOf(api.publishing.ofPlaylist) });
}

/** `changed_there`: someone edited it on the server, and nobody said yet that this may be replaced. */
export async function publish(
  request: z.input<typeof publishingContract.publish.input>,
): Promise<'done' | 'changed_there' | 'failed'> {
  try {
    const { name, message } = await api.publishing.publish(request);
    tellDone(`"${name}" is published.${message ? ` ${message}` : ''}`);
    return 'done';
  } catch (error) {
    if (error instanceof CallError && reasonOf(error) === 'changed_there') return 'changed_there';
    tellFailed(error);
    return 'failed';
  } finally {
    void refresh();
  }
}

export const unpublish = ({ playlistId, connectionId, name, state }: Publication) =>
  attempt(
    () => api.publishing.unpublish({ id: playlistId, connectionId, overwrite: state === 'changed_there' }),
    () => {
      void refresh();
      return `"${name}" was taken off the server.`;
    },
  );

const reasonOf = ({ details }: CallError) => (details[0] as { reason?: string } | undefined)?.reason;
