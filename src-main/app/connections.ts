import type { Libraries } from '../library/libraries';
import type { TaggingSettings } from '../library/tagging/contract';
import { systemClock, wallClock } from '../platform/clock';
import type { SettingsStore } from '../platform/settings';
import { AppError } from '../rpc';
import { createKindRegistry, type KindDefinitions, type KindServices } from '../servers/connection-kinds';
import { connectionsHandlers, createConnections, type LocalMusic } from '../servers/connections';
import { createRescans } from '../servers/media-server/rescans';
import { createPublishing, publishingHandlers } from '../servers/publishing';
import { createWebhooksIn, inboundHandlers } from '../servers/webhooks-in';
import { CONNECTION_KINDS } from './connection-kinds';

/** The services of kinds that are made here; the others are handed in. */
type MadeHere = 'alarms' | 'connections' | 'webhooksIn' | 'lastRescan' | keyof ReturnType<typeof createLocalServices>;

interface LocalDeps extends Pick<KindServices, 'tracks'> {
  readonly libraries: Pick<Libraries, 'list' | 'libraryOf'>;
  readonly settings: Pick<SettingsStore<TaggingSettings>, 'current'>;
  /** Our tags in a file: key without the namespace → values. */
  readonly readTags: (path: string, namespace: string) => Promise<Record<string, string[]>>;
}

export interface ConnectionsPartDeps extends LocalDeps, Omit<KindServices, MadeHere | 'tracks'> {
  readonly alarms?: KindServices['alarms'];
}

/** The connections and all that is done with them, by the kinds that are given. */
export function createConnectionsPartOf<K extends KindDefinitions>(kinds: K, deps: ConnectionsPartDeps) {
  const { db, events, report, alarms = wallClock, playlists, secretBox } = deps;
  const clock = systemClock;
  const local = createLocalServices(deps);
  const connections = createConnections({ db, events, clock, secretBox, kinds, libraries: local.music.libraries });
  const registry = createKindRegistry(kinds);
  const webhookOf = registry.capability('webhook');
  const webhooksIn = createWebhooksIn({
    ...{ db, events, health: deps.health, connections, report, clock: alarms },
    webhookOf,
    catchUpOf: registry.capability('catchUp'),
  });
  const rescannerOf = registry.capability('rescan');
  const rescans = createRescans({ events, clock, alarms, connections, rescannerOf, report });
  const serversOf = registry.capability('publish');
  const publishing = createPublishing({ db, events, clock, connections, serversOf, source: playlists });
  const lastRescan = rescans.lastOf;
  const own = registry.create({ ...deps, ...local, alarms, connections, webhooksIn, lastRescan });

  return {
    connections,
    connectionOfKey: (apiKeyId: number): number | undefined =>
      Object.keys(kinds)
        .map((kind) => webhookOf(kind)?.connectionOfKey?.(apiKeyId))
        .find((id) => id !== undefined),
    tasks: [...webhooksIn.tasks, ...registry.tasks()],
    handlers: {
      ...own,
      connections: connectionsHandlers(connections, kinds),
      publishing: publishingHandlers(publishing),
      inbound: inboundHandlers(webhooksIn),
    },
    /** Begins to process events of servers, and to read what they did without posting it. */
    start(): void {
      registry.start();
      webhooksIn.start();
    },
    /** Closes kept connections; folders that wait to be rescanned are forgotten, events are processed the next time. */
    async stop(): Promise<void> {
      await webhooksIn.stop();
      rescans.stop();
      await registry.stop();
    },
  };
}

export const createConnectionsPart = (deps: ConnectionsPartDeps) => createConnectionsPartOf(CONNECTION_KINDS, deps);

/** Our libraries, tracks and tags in the form that kinds need them in. */
function createLocalServices({ tracks, libraries, settings, readTags }: LocalDeps) {
  const namespace = () => settings.current.namespace;
  const readOurTags = (path: string) => readTags(path, namespace());
  const music: LocalMusic = {
    libraries: () => libraries.list(),
    hasTrack: (libraryId, path) => tracks.findByPath(libraryId, path) !== undefined,
  };
  return {
    ...{ music, namespace, readOurTags },
    async localOf(path: string) {
      const place = await libraries.libraryOf(path);
      return place && { libraryId: place.library.id, path: place.path };
    },
    async trackOf(trackId: number) {
      const { libraryId, path, absolutePath, pathBytes } = tracks.get(trackId);
      if (pathBytes)
        throw new AppError('unsupported_file', 'The name of the file is not UTF-8, so servers cannot be asked for it.');
      return { libraryId, path, tags: await readOurTags(absolutePath) };
    },
  };
}
