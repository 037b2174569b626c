import { z } from 'zod';
import { type LidarrAlbum, type LidarrArtist, type LidarrEvent, type LidarrFile, typeName } from './lidarr-event';

/** The variables that Lidarr gives a script, by lower-case name. */
export type Variables = Readonly<Record<string, string>>;

/** Whether a file is at a path of the server, as far as we can tell. */
export type IsThere = (remotePath: string) => Promise<boolean>;

const Body = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).nullable());

/** The variables that a script posted; undefined when there is no event among them. */
export function readVariables(json: unknown): Variables | undefined {
  const parsed = Body.safeParse(json);
  if (!parsed.success) return undefined;
  const named = Object.entries(parsed.data).map(([name, value]) => [name.toLowerCase(), String(value ?? '')]);
  const variables = Object.fromEntries(named) as Variables;
  return variables.lidarr_eventtype ? variables : undefined;
}

const OURS =
  /^lidarr_(eventtype|instancename|addedtrackpaths|deletedpaths|(artist|album|trackfile|download|release|health|update)_\w{1,40})$/;

/** Those of the variables that say something about an event. */
export const withoutForeign = (variables: Variables): Variables =>
  Object.fromEntries(Object.entries(variables).filter(([name]) => OURS.test(name))) as Variables;

/** What the variables say, as a webhook would have. */
export async function readScript(variables: Variables, isThere: IsThere): Promise<LidarrEvent> {
  const name = typeName(variables.lidarr_eventtype);
  const artist = artistOf(variables);
  const get = (key: string) => variables[`lidarr_${key}`] ?? '';
  const paths = (key: string) => splitPaths(get(key), artist?.path ?? null, isThere);
  const hasDeletedFiles = get('artist_deletedfiles').toLowerCase() === 'true';
  switch (name) {
    case 'Test':
      return { type: 'test', instanceName: get('instancename') || null };
    case 'Grab':
      return grabbed(get, artist);
    case 'Download': {
      const files = (await paths('addedtrackpaths')).map(unnumbered);
      const deleted = (await paths('deletedpaths')).map(unnumbered);
      return {
        type: 'imported',
        artist,
        album: albumOf(variables),
        files,
        deleted,
        downloadId: get('download_id') || null,
      };
    }
    case 'Retag': {
      const file = { ...unnumbered(get('trackfile_path')), id: Number(get('trackfile_id')) || 0 };
      return file.path ? { type: 'retagged', artist, file } : { type: 'other', name };
    }
    case 'Rename': {
      const to = await paths('trackfile_paths');
      const from = await paths('trackfile_previouspaths');
      const ids = get('trackfile_ids').split(',').map(Number);
      const files = to.map((path, at) => ({ id: ids[at] || 0, from: from[at] ?? '', to: path }));
      return { type: 'renamed', artist, files: files.filter((file) => file.from !== '') };
    }
    case 'AlbumDelete': {
      const album = albumOf(variables);
      return album ? { type: 'album-deleted', artist, album, hasDeletedFiles } : { type: 'other', name };
    }
    case 'ArtistDelete':
      return artist ? { type: 'artist-deleted', artist, hasDeletedFiles } : { type: 'other', name };
    case 'Health':
      return healthOf(get, 'health_issue', false);
    case 'HealthRestored':
      return healthOf(get, 'health_restored', true);
    case 'ApplicationUpdate':
      return { type: 'updated', message: get('update_message') || 'Lidarr was updated.' };
    default:
      return { type: 'other', name };
  }
}

/**
 * Paths that were joined with `|`, which may stand in their names as well. A piece that does not begin below the
 * artist's folder, or is no absolute path, belongs to the one before; so do those that follow a path where nothing is,
 * if something is at the whole.
 */
export async function splitPaths(joined: string, artistPath: string | null, isThere: IsThere): Promise<string[]> {
  if (joined === '') return [];
  const starts = beginsPath(artistPath);
  const pieces: string[] = [];
  for (const piece of joined.split('|')) {
    if (pieces.length > 0 && !starts(piece)) pieces[pieces.length - 1] += `|${piece}`;
    else pieces.push(piece);
  }
  const paths: string[] = [];
  let triesLeft = MAX_TRIES;
  for (let at = 0; at < pieces.length; ) {
    const most = triesLeft > 0 ? Math.min(MAX_JOINED, pieces.length - at) : 1;
    const taken = most > 1 ? await longestThere(pieces.slice(at, at + most), isThere) : 1;
    if (taken === 0) triesLeft -= 1;
    paths.push(pieces.slice(at, at + Math.max(1, taken)).join('|'));
    at += Math.max(1, taken);
  }
  return paths;
}

/** So many pieces are tried as one path. */
const MAX_JOINED = 4;
/** After so many pieces where nothing is, nothing of ours is where the server says, and no joining would help. */
const MAX_TRIES = 100;

function beginsPath(artistPath: string | null): (piece: string) => boolean {
  const folder = artistPath?.replace(/[\\/]+$/, '');
  if (folder) return (piece) => piece.startsWith(`${folder}/`) || piece.startsWith(`${folder}\\`);
  return (piece) => /^([/\\]|[a-z]:[\\/])/i.test(piece);
}

/** How many pieces make the first path: one when it is there, none when no joining helps. */
async function longestThere(pieces: readonly string[], isThere: IsThere): Promise<number> {
  let path = '';
  for (const [index, piece] of pieces.entries()) {
    path = index === 0 ? piece : `${path}|${piece}`;
    if (path.length <= MAX_PATH_CHARS && (await isThere(path))) return index + 1;
  }
  return 0;
}

/** The longest path of a system that Lidarr runs on. */
const MAX_PATH_CHARS = 32_767;

function grabbed(get: (key: string) => string, artist: LidarrArtist | null): LidarrEvent {
  const what = get('release_albumtitles').replaceAll('|', ', ') || get('release_title') || 'something';
  const title = artist ? `${artist.name} – ${what}` : what;
  return { type: 'grabbed', title, downloadId: get('download_id') || title, albumIds: [] };
}

function healthOf(get: (key: string) => string, prefix: string, isOver: boolean): LidarrEvent {
  const message = get(`${prefix}_message`) || 'Lidarr reports a problem.';
  const kind = get(`${prefix}_type`) || message;
  return { type: 'health', kind, message, level: get(`${prefix}_level`).toLowerCase() || 'warning', isOver };
}

function artistOf(variables: Variables): LidarrArtist | null {
  const id = Number(variables.lidarr_artist_id) || null;
  const path = variables.lidarr_artist_path || null;
  // An added or deleted artist has a title in place of a name.
  const name = variables.lidarr_artist_name || variables.lidarr_artist_title || '';
  return id || path || name ? { id, name, path, mbid: variables.lidarr_artist_mbid || null } : null;
}

function albumOf(variables: Variables): LidarrAlbum | null {
  const id = Number(variables.lidarr_album_id) || null;
  const title = variables.lidarr_album_title || '';
  return id || title ? { id, title, mbid: variables.lidarr_album_mbid || null } : null;
}

const unnumbered = (path: string): LidarrFile => ({ id: 0, path, sizeBytes: null });
