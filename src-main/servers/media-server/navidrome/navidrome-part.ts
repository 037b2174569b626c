import type { AlarmClock, Clock } from '../../../platform/clock';
import type { EventBus } from '../../../platform/events';
import type { HandlersOf } from '../../../rpc';
import type { Connections } from '../../connections';
import { configFindings } from './config-findings';
import type { NavidromeDetails, navidromeContract } from './contract';
import { type InspectedTrack, inspectTrack } from './diagnosis';
import { createNavidromes, type Navidrome } from './navidrome';
import { createRescans } from './rescans';
import { type LocalLibrary, type LocalPath, type PlacesDeps, remoteLibraries, sharedPlaces } from './server-places';

export interface NavidromeDeps {
  readonly events: EventBus;
  readonly clock: Clock;
  readonly alarms: AlarmClock;
  readonly connections: Connections;
  readonly places: PlacesDeps;
  readonly localOf: (path: string) => Promise<LocalPath | undefined>;
  /** A track with our tags as its file has them now. */
  readonly trackOf: (trackId: number) => Promise<InspectedTrack>;
  readonly namespace: () => string;
  readonly report: (thrown: unknown) => void;
}

/**
 * All that is done with a Navidrome but publishing: what it sees, scans after tagging, and why tags are not visible.
 */
export function createNavidromePart(deps: NavidromeDeps) {
  const { connections, places, namespace } = deps;
  const navidromes = createNavidromes(connections, deps.alarms);
  const rescans = createRescans({ ...deps, navidromes });

  const handlers: HandlersOf<typeof navidromeContract> = {
    details: ({ id }) =>
      navidromes.use(id, async (navidrome) => ({
        ...(await describe(navidrome, places, namespace())),
        rescan: rescans.lastOf(id),
      })),
    scan: ({ id, full }) =>
      navidromes.use(id, async ({ subsonic }) => ({ scanning: (await subsonic.startScan([], full)).scanning })),
    inspect: async ({ id, trackId }) => {
      const track = await deps.trackOf(trackId);
      return navidromes.use(id, (navidrome) => inspectTrack(navidrome, track, { places, namespace: namespace() }));
    },
  };
  return {
    handlers,
    navidromes,
    stop(): void {
      rescans.stop();
      navidromes.close();
    },
  };
}

async function describe(
  navidrome: Navidrome,
  places: PlacesDeps,
  namespace: string,
): Promise<Omit<NavidromeDetails, 'rescan'>> {
  const { native, subsonic } = navidrome;
  const { version } = await subsonic.ping();
  const isAdmin = await native.isAdmin().catch(() => false);
  const shared = await sharedPlaces(navidrome, places);
  const own = places.libraries();
  const libraries = (await remoteLibraries(navidrome)).map(({ id, name, path }) => ({
    ...{ id, name, path },
    ours: own.filter((library) => shared.some((place) => place.remoteId === id && place.libraryId === library.id)),
  }));
  const config = isAdmin ? await native.getConfig().catch(() => undefined) : undefined;
  const isSeen = libraries.some(({ ours }) => ours.length > 0);
  const warnings = [
    ...timeWarnings(own),
    ...(own.length > 0 && !isSeen ? [NOTHING_SHARED] : []),
    ...(config ? configFindings(config, namespace) : []),
  ];
  return { version, isAdmin, libraries, warnings };
}

/** Libraries whose files keep their times when tags are written, so that Navidrome does not notice by itself. */
export const timeWarnings = (libraries: readonly LocalLibrary[]): string[] =>
  libraries.filter(({ keepMtime }) => keepMtime).map(({ name }) => keepsTimes(name));

const keepsTimes = (name: string) =>
  `The library "${name}" keeps the times of its files, so Navidrome's own scans do not notice new tags. Switch off "keep the time of files" in that library, or leave the rescan to Tonearm.`;
const NOTHING_SHARED =
  'None of its libraries was recognised as one of yours: playlists cannot be published as files or tracks, and rescans look at everything. Has it scanned the same music?';
