import type { Clock } from '../../platform/clock';
import type { Database } from '../../platform/database';
import type { EventBus } from '../../platform/events';
import type { HandlersOf } from '../../rpc';
import { AppError } from '../../rpc';
import type { Connections } from '../connections';
import type { ConnectionsEvents } from '../connections/contract';
import type { Publication, PublishHow, publishingContract } from './contract';
import type { FoundThere, PlaylistServers, PlaylistSource, Publisher, Publishers } from './playlist-server';
import { createPublicationRepository, type StoredPublication } from './publication-repository';
import { withRemoteIds } from './remote-ids';

export interface PublishingDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly events: Pick<EventBus<ConnectionsEvents>, 'emit'>;
  readonly connections: Pick<Connections, 'get'>;
  /** What kinds of connections registered, by the name of the kind. */
  readonly serversOf: (kind: string) => PlaylistServers | undefined;
  readonly source: PlaylistSource;
}

export interface PublishRequest {
  readonly playlistId: number;
  readonly connectionId: number;
  readonly how: PublishHow;
  readonly libraryId?: number;
  readonly overwrite: boolean;
}

const STATE_OF: Readonly<Record<FoundThere, Publication['state']>> = {
  same: 'published',
  changed: 'changed_there',
  gone: 'gone',
};
const MESSAGE_OF: Readonly<Record<FoundThere, string | null>> = {
  same: null,
  changed: 'Someone changed it there since. Publish it again to replace that, or leave it.',
  gone: 'Someone deleted it there. Publish it again to have it back.',
};

/** Puts playlists on servers, updates and removes them, without overwriting what others changed there. */
export function createPublishing({ db, clock, events, connections, serversOf, source }: PublishingDeps) {
  const repository = createPublicationRepository(db);
  const busy = new Set<string>();
  const now = () => clock().toISOString();
  const changed = (connectionId: number) => events.emit('connections.changed', { ids: [connectionId] });

  /** Throws `invalid_input` for a server that takes no playlists. */
  async function use<T>(connectionId: number, work: (server: OpenServer) => Promise<T>): Promise<T> {
    const { kind, name } = connections.get(connectionId);
    const servers = serversOf(kind);
    if (!servers) throw new AppError('invalid_input', `"${name}" is a server that takes no playlists.`);
    return servers.use(connectionId, (publishers) => work({ connectionId, name, publishers }));
  }

  async function lookUp(server: OpenServer, known: StoredPublication): Promise<FoundThere> {
    const found = await publisherOf(server, known.how).find(known);
    repository.note(known, STATE_OF[found], MESSAGE_OF[found], now());
    return found;
  }

  /** Throws `conflict` when others changed it and nobody said that this does not matter. */
  async function lookUpOurs(server: OpenServer, known: StoredPublication, overwrite: boolean): Promise<FoundThere> {
    const found = await lookUp(server, known);
    if (found !== 'changed' || overwrite) return found;
    const message = `"${known.name}" was changed on ${server.name} since Tonearm published it. Say whether to replace that.`;
    throw new AppError('conflict', message, { details: [{ reason: 'changed_there' }] });
  }

  /** What is there and is replaced in its place; what was published in another way is removed first. */
  async function toReplace(server: OpenServer, { playlistId, how, overwrite }: PublishRequest) {
    const known = repository.find(playlistId, server.connectionId);
    if (!known) return undefined;
    const found = await lookUpOurs(server, known, overwrite);
    if (known.how === how) return found === 'gone' ? undefined : known;
    await publisherOf(server, known.how).remove(known);
    repository.remove(playlistId, server.connectionId);
    return undefined;
  }

  async function publishNow(server: OpenServer, request: PublishRequest): Promise<Publication> {
    const { playlistId, connectionId, how, libraryId } = request;
    const publisher = publisherOf(server, how);
    const remoteIdOf = (id: number) => repository.find(id, connectionId)?.remoteId ?? undefined;
    const playlist = withRemoteIds(await source.nspOf(playlistId), remoteIdOf);
    if (how !== 'static' && !('all' in playlist.rules || 'any' in playlist.rules)) throw withoutRules(playlist.name);
    const known = await toReplace(server, request);
    const published = await publisher.publish({ playlistId, playlist, known, libraryId });
    const at = { publishedAt: now(), checkedAt: now() };
    const { name } = playlist;
    repository.put({ playlistId, connectionId, how, name, state: 'published', ...published, ...at });
    return repository.find(playlistId, connectionId)!;
  }

  return {
    /**
     * Throws `conflict` with the reason `changed_there` when it was edited on the server, and `provider_failed` when
     * the server fails, which is kept as the state of what was published before.
     */
    async publish(request: PublishRequest): Promise<Publication> {
      const mark = `${request.playlistId}:${request.connectionId}`;
      if (busy.has(mark)) throw new AppError('busy', 'This playlist is being published there already.');
      busy.add(mark);
      try {
        return await use(request.connectionId, (server) => publishNow(server, request));
      } catch (thrown) {
        const known = repository.find(request.playlistId, request.connectionId);
        if (known && thrown instanceof AppError && thrown.code === 'provider_failed')
          repository.note(known, 'failed', thrown.message, now());
        throw thrown;
      } finally {
        busy.delete(mark);
        changed(request.connectionId);
      }
    },

    /** Throws `not_found`, and as `publish`. */
    async unpublish(playlistId: number, connectionId: number, overwrite = false): Promise<void> {
      const known = repository.find(playlistId, connectionId);
      if (!known)
        throw new AppError('not_found', `"${connections.get(connectionId).name}" does not have this playlist.`);
      await use(connectionId, async (server) => {
        const found = await lookUpOurs(server, known, overwrite);
        if (found !== 'gone') await publisherOf(server, known.how).remove(known);
      });
      repository.remove(playlistId, connectionId);
      changed(connectionId);
    },

    listOfPlaylist: (id: number): Publication[] => repository.listOfPlaylist(id),
    listOfConnection: (id: number): Publication[] => repository.listOfConnection(id),

    /** Asks the server for each of its playlists that we put there. */
    async check(connectionId: number): Promise<Publication[]> {
      await use(connectionId, async (server) => {
        for (const known of repository.listOfConnection(connectionId)) await lookUp(server, known);
      });
      changed(connectionId);
      return repository.listOfConnection(connectionId);
    },
  };
}
export type Publishing = ReturnType<typeof createPublishing>;

/** A server while it is worked with. */
interface OpenServer {
  readonly connectionId: number;
  readonly name: string;
  readonly publishers: Publishers;
}

function publisherOf({ name, publishers }: OpenServer, how: PublishHow): Publisher {
  const publisher = publishers[how];
  if (!publisher) throw new AppError('invalid_input', `"${name}" takes no playlists in this way.`);
  return publisher;
}

const withoutRules = (name: string) =>
  new AppError('invalid_input', `"${name}" is a list of tracks and has no rules. Publish its tracks instead.`);

export function publishingHandlers(publishing: Publishing): HandlersOf<typeof publishingContract> {
  return {
    publish: ({ id, ...request }) => publishing.publish({ playlistId: id, ...request }),
    unpublish: async ({ id, connectionId, overwrite }) => {
      await publishing.unpublish(id, connectionId, overwrite);
      return { removed: true };
    },
    ofPlaylist: ({ id }) => publishing.listOfPlaylist(id),
    ofConnection: ({ id }) => publishing.listOfConnection(id),
    check: ({ id }) => publishing.check(id),
  };
}
