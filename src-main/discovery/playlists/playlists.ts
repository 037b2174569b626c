import type { SafeFiles } from '../../files/safe-files';
import type { TaggingSettings } from '../../library/tagging/contract';
import type { Database } from '../../platform/database';
import type { EventBus } from '../../platform/events';
import type { SettingsStore } from '../../platform/settings';
import type { HandlersOf } from '../../rpc';
import type { PlaylistsEvents, PlaylistsSettings, playlistsContract } from './contract';
import { createFieldViews } from './field-views';
import { createPlaylistFiles } from './files';
import { createNavidromeHandlers } from './navidrome-handlers';
import { nspRules } from './nsp';
import type { PlaylistsDeps, SavedPlaylist } from './saved';
import { createPlaylistRepository, fieldsOfLibrary, savedPlaylistHandlers, tracksOf } from './saved';
import { templatesHandlers } from './template-handlers';

export interface PlaylistParts extends Omit<PlaylistsDeps, 'now' | 'settings'> {
  readonly db: Database;
  readonly safeFiles: Pick<SafeFiles, 'write' | 'remove'>;
  readonly settings: Pick<SettingsStore<TaggingSettings & PlaylistsSettings>, 'current'>;
  readonly events: Pick<EventBus<PlaylistsEvents>, 'emit'>;
  /** Our own folder, where templates go when no other is named. */
  readonly folder: string;
  readonly now?: () => Date;
}

/** A smart playlist as other servers take it. */
export interface PublishablePlaylist {
  readonly name: string;
  readonly comment: string;
  readonly public: boolean;
  /** `all` or `any`, then sort, order, limit, offset, in Navidrome's own words. */
  readonly rules: Readonly<Record<string, unknown>>;
}

/** A track by its library and its path in it. */
export interface PlaylistTrackPlace {
  readonly libraryId: number;
  /** Relative, forward slashes. */
  readonly path: string;
}

const MAX_TRACKS = 100_000;
const MAX_SUGGESTIONS = 200;

/** The playlists: what is asked about them, and what is published of them. */
export function createPlaylists(parts: PlaylistParts) {
  const { db, safeFiles, reader, settings, libraries, now = () => new Date() } = parts;
  const playlists = createPlaylistRepository(db, now);
  const folders = () => [
    ...libraries.list().map(({ root_path }) => root_path),
    ...(settings.current.playlist_folder ? [settings.current.playlist_folder] : []),
    parts.folder,
  ];
  const files = createPlaylistFiles({ db, safeFiles, folders, now });
  const deps = { ...parts, now, playlists, files };

  /** Throws `not_found`, and `invalid_input` for a static one or rules that Navidrome has no words for. */
  async function nspOf(playlist: SavedPlaylist): Promise<PublishablePlaylist> {
    const { name, comment, isPublic, criteria } = playlist;
    const { fields } = await fieldsOfLibrary(deps);
    return { name, comment, public: isPublic, rules: criteria ? nspRules(criteria, fields) : {} };
  }

  const handlers: HandlersOf<typeof playlistsContract> = {
    ...createNavidromeHandlers(deps),
    ...savedPlaylistHandlers(deps),
    ...templatesHandlers(deps),
    async fields() {
      const { fields } = await fieldsOfLibrary(deps);
      const words = await reader.read('playlists.words', { most: MAX_SUGGESTIONS });
      return { namespace: fields.namespace, fields: createFieldViews(fields, words) };
    },
  };

  return {
    handlers,
    /** How playlist files are written; to be registered with the safe files. */
    fileKind: files.kind,
    get: playlists.get,
    list: playlists.list,
    nspOf,
    /** What publishing asks, by the number of a playlist. All throw `not_found`. */
    source: {
      nspOf: (playlistId: number): Promise<PublishablePlaylist> => nspOf(playlists.get(playlistId)),
      /** The tracks that it has now, in its order. */
      async tracksOf(playlistId: number): Promise<PlaylistTrackPlace[]> {
        const { fields } = await fieldsOfLibrary(deps);
        const most = MAX_TRACKS;
        const { tracks } = await tracksOf(playlists.get(playlistId), { fields, reader, now: now(), most });
        return tracks.map(({ libraryId, relativePath: path }) => ({ libraryId, path }));
      },
    },
    /** Adds a static playlist with these tracks, in their order: what an import found. */
    addStatic(name: string, trackIds: readonly number[], comment = ''): SavedPlaylist {
      const draft = { name, comment, kind: 'static', criteria: null, isPublic: false, target: 'none' } as const;
      const added = playlists.add(draft, trackIds);
      parts.events.emit('playlists.changed', {});
      return added;
    },
  };
}
