import { z } from 'zod';
import { AppError } from '../rpc';
import { defineKind } from '../servers/connection-kinds';
import { CommonOptions, createHttpClient, type OpenConnection } from '../servers/connections';
import type { Publisher } from '../servers/publishing';

const Event = z.object({ id: z.number(), type: z.string() });

/** How the stand-in behaves, and what was done with it; a test changes and reads it. */
export const shelf = { failures: [] as AppError[], processed: [] as string[], playlists: new Map<string, string>() };

const client = ({ url, secret }: OpenConnection) =>
  createHttpClient({ baseUrl: url, product: 'Shelf', headers: { 'X-Shelf-Key': secret } });

/** A kind of server as a newcomer adds one: it posts events, and can have playlists as lists of tracks. */
export const shelfKind = defineKind({
  kind: 'shelf',
  title: 'Shelf',
  summary: 'A stand-in.',
  urlExample: 'http://192.168.1.2:7000',
  fields: [{ name: 'secret', label: 'Key', type: 'password', isRequired: true, initial: '' }],
  options: CommonOptions,

  async test(connection) {
    const http = client(connection);
    const { json } = await http.send({ path: '/version' }).finally(http.close);
    return { version: z.object({ version: z.string() }).parse(json).version, warnings: [] };
  },

  create({ connections }) {
    const list: Publisher = {
      async publish({ playlist }) {
        shelf.playlists.set(playlist.name, playlist.comment);
        return { remoteId: playlist.name, path: null, remoteHash: playlist.comment, message: null };
      },
      find: async ({ remoteId, remoteHash }) =>
        shelf.playlists.get(remoteId!) === remoteHash ? ('same' as const) : ('changed' as const),
      remove: async ({ remoteId }) => void shelf.playlists.delete(remoteId!),
    };
    return {
      capabilities: {
        publish: { use: (connectionId, work) => connections.use(connectionId, () => work({ static: list })) },
        webhook: {
          accept(connectionId, body) {
            const event = Event.safeParse(JSON.parse(body));
            if (!event.success) throw new AppError('invalid_input', 'This is no event of a Shelf.');
            const { id, type } = event.data;
            return { via: 'webhook', eventType: type, digest: `${connectionId} ${id}`, message: 'Thank you.' };
          },
          async process({ raw }) {
            shelf.processed.push(raw);
            const failure = shelf.failures.shift();
            if (failure) throw failure;
            return { status: 'done', message: 'Noted.' };
          },
        },
      },
    };
  },
});
