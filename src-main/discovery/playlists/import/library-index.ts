import { type Database, offerStillWanted, stillWantedAt } from '../../../platform/database';
import { firstArtist, fullTitle, normalArtist, normalTitle } from './normalise';

/** A track of the library as it is compared: its names in their normal form. */
export interface IndexedTrack {
  readonly id: number;
  readonly rawTitle: string;
  readonly rawArtist: string;
  readonly title: string;
  readonly fullTitle: string;
  readonly artist: string;
  readonly firstArtist: string;
  album: string;
  path: string;
  durationMs: number | null;
}
interface Row {
  id: number;
  title: string;
  artist: string;
  album: string;
  path: string;
  durationMs: number | null;
  isrc: string | null;
}

/** A word that more tracks have than this says nothing about which is meant. */
const COMMON = 3000;
/** The beginning of a word, so that a slip at its end does not hide it. */
const STEM = 4;
const ISRC_SIGNS = /[^A-Z0-9]/g;

/**
 * The names of the whole library in this thread's memory, by what playlists name them by. Built when it is first asked
 * for, and again when the library has changed; of tracks whose names are the same, their normal forms are kept.
 */
export function createLibraryIndex(db: Database) {
  offerStillWanted(db);
  const stamp = db
    .prepare<[], string | null>(`
    SELECT COUNT(*) || ' ' || SUM(state & 1) || ' ' || MAX(id) || ' ' || MAX(scanned_at) FROM track`)
    .pluck();
  const rows = db.prepare<[], Row>(`
    SELECT track.id, title, artist, album, path, duration_ms AS durationMs, json_extract(texts, '$.isrc[0]') AS isrc
    FROM track LEFT JOIN track_text ON track_id = track.id
    WHERE state & 1 = 0 AND ${stillWantedAt('track.id')}`);
  let built: { stamp: string; index: LibraryIndex } | undefined;

  return (): LibraryIndex => {
    const now = stamp.get() ?? '';
    if (built?.stamp !== now) built = { stamp: now, index: build(rows.iterate(), built?.index.byId) };
    return built.index;
  };
}

export interface LibraryIndex {
  readonly byId: ReadonlyMap<number, IndexedTrack>;
  readonly byIsrc: ReadonlyMap<string, readonly IndexedTrack[]>;
  /** By normal title and first artist. */
  readonly byName: ReadonlyMap<string, readonly IndexedTrack[]>;
  /** By `fileKey`. */
  readonly byFile: ReadonlyMap<string, readonly IndexedTrack[]>;
  /** By each word of title and artist, and the first four letters of each. */
  readonly byWord: ReadonlyMap<string, readonly IndexedTrack[]>;
}

export const nameKey = (title: string, artist: string) => `${title}\u0000${artist}`;

/** A path without letter case, its accents in one form: macOS writes them as signs of their own. */
export function comparablePath(path: string): string {
  return path.normalize('NFC').toLowerCase();
}
/** The file's name in a path, comparable. */
export const fileKey = (path: string) => comparablePath(path.slice(path.lastIndexOf('/') + 1));

/** The words that two names are first compared by, each with its beginning. */
export function keysOf(title: string, artist: string): Set<string> {
  const all = `${title} ${artist}`.split(' ').filter(Boolean);
  return new Set(all.flatMap((word) => (word.length > STEM ? [word, `${word.slice(0, STEM)}…`] : [word])));
}

function build(rows: Iterable<Row>, known: LibraryIndex['byId'] = new Map()): LibraryIndex {
  const index = { byId: new Map(), byIsrc: new Map(), byName: new Map(), byFile: new Map(), byWord: new Map() };
  // An artist has many tracks.
  const artists = new Map<string, ArtistForms>();
  const artistOf = (artist: string): ArtistForms => {
    const forms = artists.get(artist) ?? { artist: normalArtist(artist), firstArtist: firstArtist(artist) };
    artists.set(artist, forms);
    return forms;
  };
  for (const row of rows) {
    const track = indexed(row, known.get(row.id), artistOf);
    index.byId.set(track.id, track);
    add(index.byName, nameKey(track.title, track.firstArtist), track);
    add(index.byFile, fileKey(track.path), track);
    if (row.isrc) add(index.byIsrc, row.isrc.toUpperCase().replace(ISRC_SIGNS, ''), track);
    for (const key of keysOf(track.title, track.artist)) add(index.byWord, key, track);
  }
  return index;
}

function add(map: Map<string, IndexedTrack[]>, key: string, track: IndexedTrack): void {
  const list = map.get(key);
  if (list) list.push(track);
  else map.set(key, [track]);
}

type ArtistForms = Pick<IndexedTrack, 'artist' | 'firstArtist'>;

function indexed(
  { id, title, artist, album, path, durationMs }: Row,
  known: IndexedTrack | undefined,
  artistOf: (artist: string) => ArtistForms,
): IndexedTrack {
  if (known?.rawTitle === title && known.rawArtist === artist) return Object.assign(known, { album, path, durationMs });
  return {
    id,
    rawTitle: title,
    rawArtist: artist,
    album,
    path,
    durationMs,
    title: normalTitle(title),
    fullTitle: fullTitle(title),
    ...artistOf(artist),
  };
}

/** The tracks that share the rarest words with a name, most and rarest first. */
export function candidatesFor(index: LibraryIndex, keys: ReadonlySet<string>, count: number): IndexedTrack[] {
  const weights = new Map<IndexedTrack, number>();
  const lists = [...keys].map((key) => index.byWord.get(key) ?? []).sort((a, b) => a.length - b.length);
  for (const [at, list] of lists.entries()) {
    if (list.length > COMMON && at > 0 && weights.size > 0) break;
    const weight = 1 / Math.log2(2 + list.length);
    for (const track of list) weights.set(track, (weights.get(track) ?? 0) + weight);
  }
  return [...weights]
    .sort(([, a], [, b]) => b - a)
    .slice(0, count)
    .map(([track]) => track);
}
