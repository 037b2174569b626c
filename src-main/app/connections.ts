import type { Libraries } from '../library/libraries';
import type { TrackRepository } from '../library/tracks';
import { type AlarmClock, systemClock, wallClock } from '../platform/clock';
import type { Database } from '../platform/database';
import type { EventBus } from '../platform/events';
import type { SettingsStore } from '../platform/settings';
import { AppError } from '../rpc';
import { createLidarr, type LidarrDeps } from '../servers/arr/lidarr';
import { connectionsHandlers, createConnections, createSecretBox } from '../servers/connections';
import type { LocalPath, PlacesDeps } from '../servers/media-server/navidrome';
import { createNavidromePart, timeWarnings } from '../servers/media-server/navidrome';
import type { PlaylistSource } from '../servers/publishing';
import { createPublishing, publishingHandlers } from '../servers/publishing';
import { inboundHandlers } from '../servers/webhooks-in';
import { CONNECTION_KINDS } from './connection-kinds';

/** What only the way from Lidarr into the library needs. */
type ForLidarr = Pick<
  LidarrDeps,
  'health' | 'mappings' | 'queue' | 'writer' | 'keys' | 'files' | 'rewrite' | 'listener' | 'filesOfSizes'
>;

export interface ConnectionsPartDeps extends ForLidarr {
  readonly db: Database;
  readonly events: EventBus;
  readonly tracks: Pick<TrackRepository, 'get' | 'find' | 'findByPath' | 'listIdsInside'>;
  readonly libraries: Pick<Libraries, 'list' | 'libraryOf'>;
  readonly settings: Pick<SettingsStore, 'current'>;
  /** Our tags in a file: key without the namespace → values. */
  readonly readTags: (path: string, namespace: string) => Promise<Record<string, string[]>>;
  /** The saved playlists, for publishing. */
  readonly playlists: PlaylistSource;
  /** The file of the key that passwords are sealed with. */
  readonly secretKey: string;
  readonly report: (thrown: unknown) => void;
  readonly alarms?: AlarmClock;
}

/** The connections and all that is done with them, made from what the rest of the application gives. */
export function createConnectionsPart(deps: ConnectionsPartDeps) {
  const { db, events, tracks, libraries, settings, readTags, secretKey, report, alarms = wallClock } = deps;
  const namespace = () => settings.current.namespace;
  const places: PlacesDeps = {
    libraries: () => libraries.list(),
    hasTrack: (libraryId, path) => tracks.findByPath(libraryId, path) !== undefined,
  };
  const secretBox = createSecretBox(secretKey);
  const connections = createConnections({
    ...{ db, events, clock: systemClock, secretBox, kinds: CONNECTION_KINDS },
    warningsOf: ({ kind }) => (kind === 'navidrome' ? timeWarnings(places.libraries()) : []),
  });

  async function localOf(path: string): Promise<LocalPath | undefined> {
    const place = await libraries.libraryOf(path);
    return place && { libraryId: place.library.id, path: place.path };
  }

  async function trackOf(trackId: number) {
    const { libraryId, path, absolutePath, pathBytes } = tracks.get(trackId);
    if (pathBytes)
      throw new AppError('unsupported_file', 'The name of the file is not UTF-8, so Navidrome cannot be asked.');
    return { libraryId, path, tags: await readTags(absolutePath, namespace()) };
  }

  const navidrome = createNavidromePart({
    ...{ events, clock: systemClock, alarms, connections, places, localOf, trackOf, namespace, report },
  });
  const publishing = createPublishing({
    ...{ db, events, clock: systemClock, connections, places },
    ...{ navidromes: navidrome.navidromes, source: deps.playlists },
  });
  const lidarr = createLidarr({
    ...{ ...deps, connections, secretBox, clock: alarms },
    readOurTags: (path) => readTags(path, namespace()),
  });
  return {
    connections,
    handlers: {
      connections: connectionsHandlers(connections, CONNECTION_KINDS),
      navidrome: navidrome.handlers,
      publishing: publishingHandlers(publishing),
      inbound: inboundHandlers(lidarr.inbound),
      lidarr: lidarr.handlers,
    },
    /** Begins to do what servers told, and to read what they forgot to tell. */
    start: () => lidarr.start(),
    /** Lets go of kept connections; what waits to be rescanned is forgotten, what was told is done the next time. */
    async stop(): Promise<void> {
      await lidarr.stop();
      navidrome.stop();
    },
  };
}
export type ConnectionsPart = ReturnType<typeof createConnectionsPart>;
