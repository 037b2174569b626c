import { z } from 'zod';
import { providerFailure } from '../../../connections';
import type { SubsonicCall, SubsonicCaller, SubsonicResponse } from './subsonic-call';

const Id = z.union([z.string(), z.number()]).transform(String);
/** A list that Subsonic leaves out when it is empty. */
const listOf = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((items) => items ?? []);

const Song = z.looseObject({ id: Id, title: z.string().default(''), path: z.string().optional() });
const Playlist = z.looseObject({
  id: Id,
  name: z.string(),
  comment: z.string().nullish(),
  public: z.boolean().nullish(),
  owner: z.string().nullish(),
  songCount: z.number().nullish(),
  /** Smart, or kept in step with a file: its tracks cannot be changed. */
  readonly: z.boolean().nullish(),
});
const ScanStatus = z.looseObject({
  scanning: z.boolean(),
  count: z.number().nullish(),
  folderCount: z.number().nullish(),
  lastScan: z.string().nullish(),
  error: z.string().nullish(),
  scanType: z.string().nullish(),
});
const Album = z.looseObject({ id: Id, name: z.string().default('') });

export type SubsonicSong = z.output<typeof Song>;
export type SubsonicPlaylist = z.output<typeof Playlist>;
export type ScanStatus = z.output<typeof ScanStatus>;

export interface PlaylistChanges {
  readonly name?: string;
  readonly comment?: string;
  readonly public?: boolean;
}

/** The methods of the Subsonic API that we need, in their own names. Each throws `provider_failed`. */
export function createSubsonic(caller: SubsonicCaller) {
  async function ask<T extends z.ZodType>(key: string, schema: T, call: SubsonicCall): Promise<z.output<T>> {
    const response: SubsonicResponse = await caller.call(call);
    const parsed = schema.safeParse(response[key] ?? {});
    if (parsed.success) return parsed.data;
    throw providerFailure('not_this_product', `Navidrome answered ${call.method} in another form than expected.`);
  }

  return {
    async ping(): Promise<{ type: string; version: string | null }> {
      const { type = 'an unnamed server', serverVersion = null } = await caller.call({ method: 'ping' });
      return { type, version: serverVersion };
    },
    async getMusicFolders(): Promise<{ id: string; name: string }[]> {
      const schema = z.object({ musicFolder: listOf(z.looseObject({ id: Id, name: z.string().default('') })) });
      return (await ask('musicFolders', schema, { method: 'getMusicFolders' })).musicFolder;
    },
    /** `targets` are `<library>:<folder>`; without them all is scanned. An administrator's right. */
    startScan: (targets: readonly string[] = [], fullScan = false): Promise<ScanStatus> =>
      ask('scanStatus', ScanStatus, { method: 'startScan', isRead: false, values: { fullScan, target: targets } }),
    getScanStatus: (): Promise<ScanStatus> => ask('scanStatus', ScanStatus, { method: 'getScanStatus' }),
    async getPlaylists(): Promise<SubsonicPlaylist[]> {
      const schema = z.object({ playlist: listOf(Playlist) });
      return (await ask('playlists', schema, { method: 'getPlaylists' })).playlist;
    },
    getPlaylist: (id: string) =>
      ask('playlist', Playlist.extend({ entry: listOf(Song) }), { method: 'getPlaylist', values: { id } }),
    /** Makes a playlist, or replaces the songs of one. Returns its id. */
    async createPlaylist(to: { name: string } | { playlistId: string }, songId: readonly string[]): Promise<string> {
      const call = { method: 'createPlaylist', isRead: false, values: { ...to, songId } };
      return (await ask('playlist', Playlist, call)).id;
    },
    async updatePlaylist(playlistId: string, changes: PlaylistChanges): Promise<void> {
      await caller.call({ method: 'updatePlaylist', isRead: false, values: { playlistId, ...changes } });
    },
    async deletePlaylist(id: string): Promise<void> {
      await caller.call({ method: 'deletePlaylist', isRead: false, values: { id } });
    },
    /** Songs that have these words; an empty query gives all of them. */
    async search3(query: string, { count = 500, offset = 0 } = {}): Promise<SubsonicSong[]> {
      const schema = z.object({ song: listOf(Song) });
      const values = { query, songCount: count, songOffset: offset, albumCount: 0, artistCount: 0 };
      return (await ask('searchResult3', schema, { method: 'search3', values })).song;
    },
    async getAlbumList2(offset: number, size = 500) {
      const schema = z.object({ album: listOf(Album) });
      const values = { type: 'alphabeticalByName', size, offset };
      return (await ask('albumList2', schema, { method: 'getAlbumList2', values })).album;
    },
    async getAlbum(id: string): Promise<SubsonicSong[]> {
      const schema = z.object({ song: listOf(Song) });
      return (await ask('album', schema, { method: 'getAlbum', values: { id } })).song;
    },
    close: () => caller.close(),
  };
}
export type Subsonic = ReturnType<typeof createSubsonic>;
