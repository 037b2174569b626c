import { z } from 'zod';
import type { AlarmClock } from '../../../platform/clock';
import { type Connections, createKeptClients, type OpenConnection } from '../../connections';
import { createArrClient, createCommonCalls } from '../client';

const Artist = z.looseObject({
  id: z.number(),
  path: z.string().nullish(),
  statistics: z.looseObject({ trackFileCount: z.number().nullish() }).nullish(),
});
const TrackFile = z.looseObject({ id: z.number(), path: z.string(), size: z.number() });
const HistoryRow = z.looseObject({
  id: z.number(),
  date: z.string(),
  eventType: z.string(),
  sourceTitle: z.string().nullish(),
  artistId: z.number().nullish(),
  albumId: z.number().nullish(),
  downloadId: z.string().nullish(),
  data: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((data) => data ?? {}),
  artist: z
    .looseObject({
      artistName: z.string().nullish(),
      path: z.string().nullish(),
      foreignArtistId: z.string().nullish(),
    })
    .nullish(),
  album: z.looseObject({ title: z.string().nullish(), foreignAlbumId: z.string().nullish() }).nullish(),
});
export type HistoryRow = z.output<typeof HistoryRow>;
const MetadataProvider = z.looseObject({ writeAudioTags: z.string().nullish(), scrubAudioTags: z.boolean().nullish() });
const MediaManagement = z.looseObject({ recycleBin: z.string().nullish(), fileDate: z.string().nullish() });

export const LIDARR = { kind: 'lidarr', title: 'Lidarr' } as const;

/** Talks to one Lidarr. Every call throws `provider_failed` with a sentence; `close` ends its connections. */
export function createLidarrClient(connection: OpenConnection, clock?: AlarmClock) {
  const arr = createArrClient({ title: LIDARR.title, api: 'v1' }, connection, { clock });
  const { ask } = arr;
  return {
    ...createCommonCalls(arr),
    artists: () => ask(z.array(Artist), { path: '/artist' }),
    trackFiles: (artistId: number) => ask(z.array(TrackFile), { path: '/trackfile', query: { artistId } }),
    /**
     * Not paged, and not repeated at once when it fails: the next catch-up comes soon enough.
     *
     * @param date ISO 8601
     */
    historySince(date: string) {
      const query = { date, includeArtist: true, includeAlbum: true };
      return ask(z.array(HistoryRow), { path: '/history/since', query, isSafe: false });
    },
    metadataProvider: () => ask(MetadataProvider, { path: '/config/metadataprovider' }),
    mediaManagement: () => ask(MediaManagement, { path: '/config/mediamanagement' }),
    close: arr.close,
  };
}
export type LidarrClient = ReturnType<typeof createLidarrClient>;

/** The Lidarrs that are connected. */
export const createLidarrs = (connections: Pick<Connections, 'get' | 'use'>) =>
  createKeptClients({ connections, ...LIDARR, open: (connection) => createLidarrClient(connection) });
export type Lidarrs = ReturnType<typeof createLidarrs>;
