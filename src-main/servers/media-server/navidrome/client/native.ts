import { z } from 'zod';
import type { HttpRequest } from '../../../connections';
import { providerFailure } from '../../../connections';
import type { SmartPlaylist } from '../../../publishing';
import type { NativeCaller } from './native-call';

const Id = z.union([z.string(), z.number()]).transform(String);
const Rules = z.record(z.string(), z.unknown());

const Playlist = z.looseObject({
  id: Id,
  name: z.string(),
  comment: z
    .string()
    .nullish()
    .transform((comment) => comment ?? ''),
  public: z
    .boolean()
    .nullish()
    .transform((isPublic) => isPublic ?? false),
  rules: Rules.nullish(),
  path: z.string().nullish(),
  songCount: z.number().nullish(),
});
const Library = z.looseObject({ id: Id, name: z.string(), path: z.string() });
const Values = z.record(
  z.string(),
  z
    .array(z.string())
    .nullish()
    .transform((values) => values ?? []),
);
const Song = z.looseObject({
  id: Id,
  libraryId: Id.optional(),
  path: z.string(),
  title: z.string().default(''),
  tags: Values.nullish(),
});
const Tag = z.looseObject({ id: Id, tagName: z.string().nullish(), tagValue: z.string().nullish() });
const Inspected = z.looseObject({
  file: z.string().default(''),
  rawTags: Values,
  mappedTags: z.looseObject({ tags: Values.nullish() }).nullish(),
});
const TagConf = z.looseObject({
  Aliases: z.union([z.array(z.string()), z.string()]).nullish(),
  Type: z.string().nullish(),
  Album: z.boolean().nullish(),
});
const Config = z.looseObject({
  configFile: z.string().default(''),
  config: z.looseObject({
    Tags: z.record(z.string(), TagConf).nullish(),
    AutoImportPlaylists: z.boolean().nullish(),
    PlaylistsPath: z.string().nullish(),
  }),
});

export type NativePlaylist = z.output<typeof Playlist>;
export type NativeLibrary = z.output<typeof Library>;
export type NativeSong = z.output<typeof Song>;
export type InspectedSong = z.output<typeof Inspected>;
export type ServerConfig = z.output<typeof Config>;

/** What we need of Navidrome's own API. Each throws `provider_failed`. */
export function createNative(caller: NativeCaller) {
  async function ask<T extends z.ZodType>(schema: T, request: HttpRequest): Promise<z.output<T>> {
    const { json } = await caller.send(request);
    const parsed = schema.safeParse(json);
    if (parsed.success) return parsed.data;
    throw providerFailure('not_this_product', `Navidrome answered ${request.path} in another form than expected.`);
  }
  const page = (start: number, count: number) => ({ _start: start, _end: start + count, _sort: 'id', _order: 'ASC' });

  return {
    isAdmin: () => caller.isAdmin(),
    listPlaylists: () => ask(z.array(Playlist), { path: '/api/playlist', query: page(0, 5000) }),
    getPlaylist: (id: string) => ask(Playlist, { path: `/api/playlist/${encodeURIComponent(id)}` }),
    /** Makes a smart playlist without any file. Returns its id. */
    async createPlaylist(playlist: SmartPlaylist): Promise<string> {
      const created = await ask(z.looseObject({ id: Id }), { method: 'POST', path: '/api/playlist', json: playlist });
      return created.id;
    },
    async updatePlaylist(id: string, playlist: SmartPlaylist): Promise<void> {
      await caller.send({ method: 'PUT', path: `/api/playlist/${encodeURIComponent(id)}`, json: { id, ...playlist } });
    },
    async deletePlaylist(id: string): Promise<void> {
      await caller.send({ method: 'DELETE', path: `/api/playlist/${encodeURIComponent(id)}` });
    },
    /** An administrator's right. */
    listLibraries: (): Promise<NativeLibrary[]> =>
      ask(z.array(Library), { path: '/api/library', query: page(0, 1000) }),
    /** With their paths relative to their library. */
    listSongs: (start: number, count: number): Promise<NativeSong[]> =>
      ask(z.array(Song), { path: '/api/song', query: page(start, count) }),
    getSong: (id: string): Promise<NativeSong> => ask(Song, { path: `/api/song/${encodeURIComponent(id)}` }),
    /** Raw tags of a song's file as Navidrome reads it now. An administrator's right. */
    inspect: (id: string): Promise<InspectedSong> => ask(Inspected, { path: '/api/inspect', query: { id } }),
    listTags: (name: string) =>
      ask(z.array(Tag), { path: '/api/tag', query: { tag_name: name.toLowerCase(), ...page(0, 500) } }),
    /** The configuration in force. An administrator's right, and the server may not show it. */
    getConfig: (): Promise<ServerConfig> => ask(Config, { path: '/api/config/config' }),
    close: () => caller.close(),
  };
}
export type Native = ReturnType<typeof createNative>;
