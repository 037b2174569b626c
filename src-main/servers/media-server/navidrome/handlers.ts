import type { HandlersOf } from '../../../rpc';
import type { LocalMusic } from '../../connections';
import type { Rescans } from '../rescans';
import { type Navidrome, type Navidromes, remoteLibraries, sharedPlaces } from './client';
import { configFindings } from './config-findings';
import type { NavidromeDetails, navidromeContract } from './contract';
import { type InspectedTrack, inspectTrack } from './diagnosis';
import { timeWarnings } from './time-warnings';

export interface NavidromeHandlersDeps {
  readonly navidromes: Pick<Navidromes, 'use'>;
  readonly music: LocalMusic;
  /** A track with our tags as its file has them now. */
  readonly trackOf: (trackId: number) => Promise<InspectedTrack>;
  readonly namespace: () => string;
  readonly lastRescan: Rescans['lastOf'];
}

/** What is asked of a Navidrome alone: what it sees, a scan, and why tags are not visible there. */
export function navidromeHandlers(deps: NavidromeHandlersDeps): HandlersOf<typeof navidromeContract> {
  const { navidromes, music, namespace } = deps;
  return {
    details: ({ id }) =>
      navidromes.use(id, async (navidrome) => ({
        ...(await describe(navidrome, music, namespace())),
        rescan: deps.lastRescan(id),
      })),
    scan: ({ id, full }) =>
      navidromes.use(id, async ({ subsonic }) => ({ scanning: (await subsonic.startScan([], full)).scanning })),
    inspect: async ({ id, trackId }) => {
      const track = await deps.trackOf(trackId);
      return navidromes.use(id, (navidrome) => inspectTrack(navidrome, track, { music, namespace: namespace() }));
    },
  };
}

async function describe(
  navidrome: Navidrome,
  music: LocalMusic,
  namespace: string,
): Promise<Omit<NavidromeDetails, 'rescan'>> {
  const { native, subsonic } = navidrome;
  const { version } = await subsonic.ping();
  const isAdmin = await native.isAdmin().catch(() => false);
  const shared = await sharedPlaces(navidrome, music);
  const own = music.libraries();
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

const NOTHING_SHARED =
  'None of its libraries was recognised as one of yours: playlists cannot be published as files or tracks, and rescans look at everything. Has it scanned the same music?';
