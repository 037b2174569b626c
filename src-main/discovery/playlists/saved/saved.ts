import type { EventBus } from '../../../platform/events';
import type { HandlersOf } from '../../../rpc';
import { AppError } from '../../../rpc';
import type { PlaylistsEvents } from '../contract';
import { m3uFileName, m3uOf, type PlaylistFiles, safeName } from '../files';
import { readNsp, refuseErrors, validate, writeNsp } from '../nsp';
import { parseQuery } from '../query';
import type { Criteria } from '../rules/contract';
import type { savedContract } from './contract';
import type { PlaylistsDeps } from './deps';
import { fieldsOfLibrary } from './library-fields';
import type { SavedPlaylist } from './playlist';
import type { PlaylistRepository } from './playlist-repository';
import { tracksOf } from './tracks-of';

/** More tracks than any player shows; a list of all of a large library would be a file of 100 MB. */
const MAX_TRACKS = 100_000;

export interface SavedDeps extends PlaylistsDeps {
  readonly playlists: PlaylistRepository;
  readonly files: PlaylistFiles;
  readonly events: Pick<EventBus<PlaylistsEvents>, 'emit'>;
  readonly now: () => Date;
}

/** Answers what is asked about the saved playlists. */
export function savedPlaylistHandlers(deps: SavedDeps): HandlersOf<typeof savedContract> {
  const { playlists, files, events, reader, now } = deps;
  const view = (playlist: SavedPlaylist) => ({ ...playlist, files: files.listOf(playlist.id) });
  const changed = (): void => events.emit('playlists.changed', {});

  async function checked(criteria: Criteria): Promise<Criteria> {
    refuseErrors(validate(criteria, (await fieldsOfLibrary(deps)).fields));
    return criteria;
  }

  async function tracks(playlist: SavedPlaylist, most: number) {
    const { fields } = await fieldsOfLibrary(deps);
    return tracksOf(playlist, { fields, reader, now: now(), most });
  }

  async function placesOf(playlist: SavedPlaylist) {
    const found = await tracks(playlist, MAX_TRACKS);
    return found.tracks.map(({ path, relativePath, ...track }) => ({
      ...track,
      path: relativePath,
      absolutePath: path,
    }));
  }

  /** The text of a file; the folder that it will stand in decides the paths in an M3U. */
  async function contentOf(playlist: SavedPlaylist, format: 'nsp' | 'm3u', folder?: string): Promise<string> {
    if (format === 'm3u') return m3uOf(playlist.name, await placesOf(playlist), folder);
    if (!playlist.criteria) throw new AppError('invalid_input', 'A static playlist has no rules; write it as M3U.');
    const { name, comment, isPublic } = playlist;
    const { fields } = await fieldsOfLibrary(deps);
    return writeNsp({ ...playlist.criteria, name, comment, public: isPublic }, fields);
  }

  return {
    list: () => ({ playlists: playlists.list().map(view) }),
    get: ({ id }) => view(playlists.get(id)),
    async create(draft) {
      const added = playlists.add({ ...draft, kind: 'smart', criteria: await checked(draft.criteria) });
      changed();
      return view(added);
    },
    async update({ id, ...changes }) {
      const { kind } = playlists.get(id);
      if (changes.criteria && kind === 'static') {
        throw new AppError('invalid_input', 'A static playlist has tracks instead of rules.');
      }
      if (changes.criteria) await checked(changes.criteria);
      const updated = playlists.update(id, changes);
      changed();
      return view(updated);
    },
    async remove({ id }) {
      playlists.get(id);
      const left = await files.removeOf(id);
      playlists.remove(id);
      changed();
      return { left };
    },
    async count({ id }) {
      const { total, matched } = await tracks(playlists.get(id), 0);
      return { total, matched };
    },
    async tracks({ id, limit }) {
      const found = await tracks(playlists.get(id), limit);
      return { total: found.total, tracks: found.tracks };
    },
    async export({ id, format }) {
      const playlist = playlists.get(id);
      return { fileName: fileNameOf(playlist, format), content: await contentOf(playlist, format) };
    },
    async write({ id, folder, format }) {
      const playlist = playlists.get(id);
      const place = { folder: await files.allowed(folder), name: fileNameOf(playlist, format) };
      const content = await contentOf(playlist, format, place.folder);
      const path = await files.write(place, content, { playlistId: id });
      changed();
      return { path };
    },
    async snapshot({ id, name }) {
      const playlist = playlists.get(id);
      const { tracks: found } = await tracks(playlist, MAX_TRACKS);
      const { comment, isPublic, target } = playlist;
      const draft = {
        name: name ?? `${playlist.name} (${now().toISOString().slice(0, 10)})`,
        comment,
        isPublic,
        target,
      };
      const added = playlists.add(
        { ...draft, kind: 'static', criteria: null },
        found.map((track) => track.id),
      );
      changed();
      return view(added);
    },
    async parse({ query }) {
      return { rules: parseQuery(query, (await fieldsOfLibrary(deps)).fields) };
    },
    async read({ content, fileName }) {
      return readNsp(content, (await fieldsOfLibrary(deps)).fields, fileName.replace(/\.nsp$/i, ''));
    },
  };
}

const fileNameOf = ({ name }: SavedPlaylist, format: 'nsp' | 'm3u'): string =>
  format === 'nsp' ? `${safeName(name)}.nsp` : m3uFileName(name);
