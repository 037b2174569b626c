import type { Clock } from '../../platform/clock';
import type { Database } from '../../platform/database';
import type { EventBus } from '../../platform/events';
import type { HandlersOf } from '../../rpc';
import { AppError } from '../../rpc';
import type { Connections } from '../connections';
import type { Navidrome, Navidromes, PlacesDeps } from '../media-server/navidrome';
import type { Publication, PublishHow, publishingContract } from './contract';
import { createPublicationRepository, type StoredPublication } from './publication-repository';
import { createFilePublisher } from './publish-file';
import { smartPublisher } from './publish-smart';
import { createStaticPublisher } from './publish-static';
import type { FoundThere, PlaylistSource, Publisher } from './publisher';
import { withRemoteIds } from './remote-ids';

export interface PublishingDeps {
  readonly db: Database;
  readonly clock: Clock;
  readonly events: Pick<EventBus, 'emit'>;
  readonly connections: Pick<Connections, 'get'>;
  readonly navidromes: Pick<Navidromes, 'use'>;
  readonly places: PlacesDeps;
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

/** Puts playlists on servers, brings them up to date and takes them off, without treading on what others did there. */
export function createPublishing({ db, clock, events, connections, navidromes, places, source }: PublishingDeps) {
  const repository = createPublicationRepository(db);
  const publishers: Readonly<Record<PublishHow, Publisher>> = {
    smart: smartPublisher,
    file: createFilePublisher(places),
    static: createStaticPublisher(places, source),
  };
  const busy = new Set<string>();
  const now = () => clock().toISOString();
  const changed = (connectionId: number) => events.emit('connections.changed', { ids: [connectionId] });

  async function lookUp(navidrome: Navidrome, known: StoredPublication): Promise<FoundThere> {
    const found = await publishers[known.how].find(navidrome, known);
    repository.note(known, STATE_OF[found], MESSAGE_OF[found], now());
    return found;
  }

  /** Throws `conflict` when others changed it and nobody said that this does not matter. */
  async function lookUpOurs(navidrome: Navidrome, known: StoredPublication, overwrite: boolean): Promise<FoundThere> {
    const found = await lookUp(navidrome, known);
    if (found !== 'changed' || overwrite) return found;
    const message = `"${known.name}" was changed on ${navidrome.connection.name} since Tonearm published it. Say whether to replace that.`;
    throw new AppError('conflict', message, { details: [{ reason: 'changed_there' }] });
  }

  /** What is there and is replaced in its place; another way of publishing takes the old one away first. */
  async function toReplace(navidrome: Navidrome, { playlistId, how, overwrite }: PublishRequest) {
    const known = repository.find(playlistId, navidrome.connection.id);
    if (!known) return undefined;
    const found = await lookUpOurs(navidrome, known, overwrite);
    if (known.how === how) return found === 'gone' ? undefined : known;
    await publishers[known.how].remove(navidrome, known);
    repository.remove(playlistId, navidrome.connection.id);
    return undefined;
  }

  async function publishNow(navidrome: Navidrome, request: PublishRequest): Promise<Publication> {
    const { playlistId, connectionId, how, libraryId } = request;
    const remoteIdOf = (id: number) => repository.find(id, connectionId)?.remoteId ?? undefined;
    const playlist = withRemoteIds(await source.nspOf(playlistId), remoteIdOf);
    if (how !== 'static' && !('all' in playlist.rules || 'any' in playlist.rules)) throw withoutRules(playlist.name);
    const known = await toReplace(navidrome, request);
    const published = await publishers[how].publish({ navidrome, playlistId, playlist, known, libraryId });
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
        return await navidromes.use(request.connectionId, (navidrome) => publishNow(navidrome, request));
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
      await navidromes.use(connectionId, async (navidrome) => {
        const found = await lookUpOurs(navidrome, known, overwrite);
        if (found !== 'gone') await publishers[known.how].remove(navidrome, known);
      });
      repository.remove(playlistId, connectionId);
      changed(connectionId);
    },

    listOfPlaylist: (id: number): Publication[] => repository.listOfPlaylist(id),
    listOfConnection: (id: number): Publication[] => repository.listOfConnection(id),

    /** Asks the server for each of its playlists that we put there. */
    async check(connectionId: number): Promise<Publication[]> {
      await navidromes.use(connectionId, async (navidrome) => {
        for (const known of repository.listOfConnection(connectionId)) await lookUp(navidrome, known);
      });
      changed(connectionId);
      return repository.listOfConnection(connectionId);
    },
  };
}
export type Publishing = ReturnType<typeof createPublishing>;

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
