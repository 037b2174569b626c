import { AppError } from '../../../rpc';
import { type SourcePlaylist, type SourceTrack, sourceTrack } from './source';

type JsonFields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): JsonFields | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonFields) : undefined;
const listOf = (value: unknown): readonly unknown[] | undefined => (Array.isArray(value) ? value : undefined);
const nameOf = (value: unknown): unknown => fieldsOf(value)?.name ?? fieldsOf(value)?.title ?? value;

/**
 * The playlists of a JSON file: Spotify's account data (`Playlist1.json`, `YourLibrary.json`) and web API, Deezer's
 * API, JSPF, or a plain list of tracks. Throws `invalid_input` for anything else.
 */
export function readJson(text: string): SourcePlaylist[] {
  const root = parsed(text);
  const found = playlistsIn(root);
  if (found.length > 0) return found;
  throw new AppError('invalid_input', 'This JSON has no list of tracks that is known here: Spotify, Deezer or JSPF.');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (thrown) {
    throw new AppError('invalid_input', 'This JSON is not whole: it ends or breaks in the middle.', { cause: thrown });
  }
}

function playlistsIn(root: unknown): SourcePlaylist[] {
  const several = listOf(fieldsOf(root)?.playlists);
  const candidates = several ?? [fieldsOf(root)?.playlist ?? root];
  return candidates.flatMap((candidate) => {
    const list = trackList(candidate);
    if (!list) return [];
    const tracks = list.map(trackOf).filter((track) => track !== undefined);
    const name = fieldsOf(candidate)?.name ?? fieldsOf(candidate)?.title;
    return tracks.length > 0 ? [{ name: typeof name === 'string' ? name.slice(0, 200) : '', tracks }] : [];
  });
}

/** Where each service keeps its list: `items`, `track`, `tracks.items`, `tracks.data`, `data`, or the file itself. */
function trackList(playlist: unknown): readonly unknown[] | undefined {
  const fields = fieldsOf(playlist);
  if (!fields) return listOf(playlist);
  const places = [fields.items, fields.track, fields.tracks, fields.data, fieldsOf(fields.tracks)?.items];
  return [...places, fieldsOf(fields.tracks)?.data].map(listOf).find((list) => list !== undefined);
}

function trackOf(item: unknown): SourceTrack | undefined {
  const outer = fieldsOf(item);
  const fields = fieldsOf(outer?.track) ?? fieldsOf(outer?.localTrack) ?? outer;
  if (!fields) return undefined;
  const title =
    fields.trackName ?? fields.title ?? fields.name ?? (typeof fields.track === 'string' ? fields.track : '');
  const artists = listOf(fields.artists);
  return sourceTrack({
    title,
    artist: fields.artistName ?? nameOf(artists ? artists[0] : fields.artist) ?? fields.creator,
    album: fields.albumName ?? nameOf(fields.album),
    isrc: fields.isrc ?? fieldsOf(fields.external_ids)?.isrc,
    durationMs: fields.duration_ms ?? fields.durationMs ?? durationOf(fields.duration),
  });
}

/** Deezer counts seconds and JSPF milliseconds; no track has ten thousand seconds, and hardly one ten. */
const durationOf = (duration: unknown): number =>
  Number(duration) < 10_000 ? Number(duration) * 1000 : Number(duration);
