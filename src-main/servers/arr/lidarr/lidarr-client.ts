import { z } from 'zod';
import type { AlarmClock } from '../../../platform/clock';
import type { AppError } from '../../../rpc';
import type { OpenConnection } from '../../connections';
import { createHttpClient, type HttpRequest, type HttpResponse, providerFailure } from '../../connections';

const API = '/api/v1';

const Status = z.looseObject({
  appName: z.string().optional(),
  instanceName: z.string().nullish(),
  version: z.string().nullish(),
  isDocker: z.boolean().nullish(),
  osName: z.string().nullish(),
});
const RootFolder = z.looseObject({ path: z.string() });
const Artist = z.looseObject({
  id: z.number(),
  path: z.string().nullish(),
  statistics: z.looseObject({ trackFileCount: z.number().nullish() }).nullish(),
});
const TrackFile = z.looseObject({ id: z.number(), path: z.string(), size: z.number() });
const Field = z.looseObject({ name: z.string(), value: z.unknown().optional() });
export const Notification = z.looseObject({
  id: z.number().optional(),
  name: z.string().nullish(),
  implementation: z.string(),
  fields: z.array(Field).default([]),
});
export type Notification = z.output<typeof Notification>;
const HistoryRow = z.looseObject({
  id: z.number(),
  date: z.string(),
  eventType: z.string(),
  sourceTitle: z.string().nullish(),
  artistId: z.number().nullish(),
  albumId: z.number().nullish(),
  downloadId: z.string().nullish(),
  data: z.record(z.string(), z.unknown()).default({}),
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
const MediaManagement = z.looseObject({
  watchLibraryForChanges: z.boolean().nullish(),
  recycleBin: z.string().nullish(),
  fileDate: z.string().nullish(),
});

/** Talks to one Lidarr; `close` lets go of its connections. Every call throws `provider_failed` with a sentence. */
export function createLidarrClient(connection: OpenConnection, clock?: AlarmClock) {
  const { url, secret, skipTlsVerify } = connection;
  const headers = { 'X-Api-Key': secret };
  const http = createHttpClient({ baseUrl: url, product: 'Lidarr', skipTlsVerify, headers, clock, explain });

  async function ask<T extends z.ZodType>(schema: T, request: HttpRequest): Promise<z.output<T>> {
    const { json } = await http.send({ ...request, path: API + request.path });
    const parsed = schema.safeParse(json);
    if (parsed.success) return parsed.data;
    throw providerFailure(
      'not_this_product',
      `What answers at ${url} is not Lidarr, or one that Tonearm does not know.`,
    );
  }
  const send = (method: 'POST' | 'PUT', path: string, json: unknown) =>
    ask(z.unknown(), { method, path, json, isSafe: false });

  return {
    status: () => ask(Status, { path: '/system/status' }),
    rootFolders: () => ask(z.array(RootFolder), { path: '/rootfolder' }),
    artists: () => ask(z.array(Artist), { path: '/artist' }),
    trackFiles: (artistId: number) => ask(z.array(TrackFile), { path: '/trackfile', query: { artistId } }),
    /** Not paged, and asked again soon enough when it fails. @param date ISO 8601 */
    historySince(date: string) {
      const query = { date, includeArtist: true, includeAlbum: true };
      return ask(z.array(HistoryRow), { path: '/history/since', query, isSafe: false });
    },
    notificationSchema: () => ask(z.array(Notification), { path: '/notification/schema' }),
    notifications: () => ask(z.array(Notification), { path: '/notification' }),
    /** Has Lidarr send a Test event to the address in it, and fails when that does not arrive. */
    testNotification: (notification: Notification) => send('POST', '/notification/test', notification),
    createNotification: (notification: Notification) =>
      ask(Notification, { method: 'POST', path: '/notification', json: notification, isSafe: false }),
    updateNotification: (notification: Notification) => send('PUT', `/notification/${notification.id}`, notification),
    deleteNotification: (id: number) =>
      ask(z.unknown(), { method: 'DELETE', path: `/notification/${id}`, isSafe: false }),
    metadataProvider: () => ask(MetadataProvider, { path: '/config/metadataprovider' }),
    mediaManagement: () => ask(MediaManagement, { path: '/config/mediamanagement' }),
    close: () => http.close(),
  };
}
export type LidarrClient = ReturnType<typeof createLidarrClient>;

const Refusals = z.array(z.looseObject({ errorMessage: z.string() })).min(1);

/** Lidarr tells what is wrong with what was sent as a list. */
function explain({ status, json }: HttpResponse): AppError | undefined {
  if (status === 401) {
    return providerFailure('refused', 'Lidarr refuses the API key. It is shown in Lidarr under Settings → General.', {
      status,
    });
  }
  const refusals = Refusals.safeParse(json);
  if (!refusals.success) return undefined;
  const said = refusals.data.map(({ errorMessage }) => errorMessage).join(' ');
  return providerFailure('failed', `Lidarr answered: ${said}`, { status });
}
