import { type Database, openDatabase } from '../../../platform/database';
import { type ATrack, aMusicLibrary } from '../library.fixture';

/** What two programs know of one track: a list of values for each of its tags, one for each of its columns. */
export interface Known {
  readonly title: string;
  readonly artist: readonly string[];
  readonly album: string;
  readonly path: string;
  /** Local time, as Navidrome keeps it. */
  readonly added: string;
  readonly durationS: number;
  readonly date: string;
  /** Tags and roles by the names that rules have for them. */
  readonly tags: Readonly<Record<string, readonly string[]>>;
  /** Columns with at most one value. */
  readonly columns: Readonly<Record<string, string>>;
}

/** The columns of Navidrome's `media_file` that these tracks fill, by the names of rules, with their SQL types. */
export const COLUMNS: Readonly<Record<string, { column: string; type: string; empty: string | number | null }>> = {
  title: { column: 'title', type: 'varchar', empty: '' },
  album: { column: 'album', type: 'varchar', empty: '' },
  filepath: { column: 'path', type: 'varchar', empty: '' },
  filetype: { column: 'suffix', type: 'varchar', empty: '' },
  comment: { column: 'comment', type: 'varchar', empty: '' },
  lyrics: { column: 'lyrics', type: 'varchar', empty: '[]' },
  explicitstatus: { column: 'explicit_status', type: 'varchar', empty: '' },
  discsubtitle: { column: 'disc_subtitle', type: 'varchar', empty: '' },
  sorttitle: { column: 'sort_title', type: 'varchar', empty: '' },
  sortalbum: { column: 'sort_album_name', type: 'varchar', empty: '' },
  sortartist: { column: 'sort_artist_name', type: 'varchar', empty: '' },
  sortalbumartist: { column: 'sort_album_artist_name', type: 'varchar', empty: '' },
  albumcomment: { column: 'mbz_album_comment', type: 'varchar', empty: '' },
  catalognumber: { column: 'catalog_num', type: 'varchar', empty: '' },
  mbz_album_id: { column: 'mbz_album_id', type: 'varchar', empty: '' },
  mbz_recording_id: { column: 'mbz_recording_id', type: 'varchar', empty: '' },
  mbz_release_group_id: { column: 'mbz_release_group_id', type: 'varchar', empty: '' },
  year: { column: 'year', type: 'integer', empty: 0 },
  size: { column: 'size', type: 'integer', empty: 0 },
  duration: { column: 'duration', type: 'real', empty: 0 },
  bitrate: { column: 'bit_rate', type: 'integer', empty: 320 },
  samplerate: { column: 'sample_rate', type: 'integer', empty: 44_100 },
  channels: { column: 'channels', type: 'integer', empty: 2 },
  tracknumber: { column: 'track_number', type: 'integer', empty: 0 },
  discnumber: { column: 'disc_number', type: 'integer', empty: 0 },
  bitdepth: { column: 'bit_depth', type: 'integer', empty: null },
  bpm: { column: 'bpm', type: 'integer', empty: null },
  rgtrackgain: { column: 'rg_track_gain', type: 'real', empty: null },
  rgtrackpeak: { column: 'rg_track_peak', type: 'real', empty: null },
  rgalbumgain: { column: 'rg_album_gain', type: 'real', empty: null },
  rgalbumpeak: { column: 'rg_album_peak', type: 'real', empty: null },
  date: { column: 'date', type: 'varchar', empty: '' },
  dateadded: { column: 'created_at', type: 'datetime', empty: null },
  compilation: { column: 'compilation', type: 'bool', empty: 0 },
  missing: { column: 'missing', type: 'bool', empty: 0 },
};

export const ROLES = ['artist', 'albumartist', 'composer', 'conductor'] as const;
const isRole = (name: string) => (ROLES as readonly string[]).includes(name);

/** The tracks as Navidrome keeps them: a column each, tags as JSON, roles in a table. */
export function aNavidrome(tracks: readonly Known[]): Database {
  const db = openDatabase(':memory:');
  const columns = Object.values(COLUMNS);
  db.exec(`
    CREATE TABLE media_file (id INTEGER PRIMARY KEY, tags JSONB,
      ${columns.map(({ column, type }) => `${column} ${type}`).join(', ')});
    CREATE TABLE annotation (item_id INTEGER, starred bool, rating integer, play_count integer, play_date datetime,
      starred_at datetime, rated_at datetime);
    CREATE TABLE participant (media_file_id INTEGER, role TEXT, name TEXT)`);
  const insert = db.prepare(`INSERT INTO media_file VALUES (?, ?, ${columns.map(() => '?').join(', ')})`);
  const take = db.prepare('INSERT INTO participant VALUES (?, ?, ?)');
  for (const [i, known] of tracks.entries()) {
    const of: Record<string, string | number> = {
      ...known.columns,
      ...{ title: known.title, album: known.album || '[Unknown Album]', filepath: known.path, date: known.date },
      filetype: known.path.slice(known.path.lastIndexOf('.') + 1),
      ...{ year: Number(known.date.slice(0, 4)), size: 1000 * (i + 1), duration: known.durationS },
      dateadded: known.added.replace('T', ' '),
      ...(known.columns.lyrics && { lyrics: lyricsOf(known.columns.lyrics) }),
    };
    const tags = Object.entries(known.tags).filter(([name]) => !isRole(name));
    const json = tags.map(([name, values]) => [name, values.map((value) => ({ id: `${name}-${value}`, value }))]);
    const row = Object.entries(COLUMNS).map(([name, { empty }]) => of[name] ?? empty);
    insert.run(i + 1, JSON.stringify(Object.fromEntries(json)), ...row);
    const albumArtists = known.columns.compilation === '1' ? ['Various Artists'] : known.artist;
    const roles = { artist: known.artist, albumartist: albumArtists, ...known.tags };
    for (const role of ROLES) for (const name of roles[role as 'artist'] ?? []) take.run(i + 1, role, name);
  }
  return db;
}

/** Lyrics as Navidrome keeps them: a list of versions, each of lines. */
const lyricsOf = (text: string) => JSON.stringify([{ lang: 'xxx', line: [{ value: text }], synced: false }]);

/** The same tracks as a scan of ours keeps them. */
export function ourLibrary(tracks: readonly Known[]): Database {
  const ours = tracks.map(
    ({ title, artist, album, path, added, durationS, date, tags, columns: { lyrics, ...columns } }): ATrack => ({
      ...{ title, album, path, addedAt: new Date(added).toISOString(), durationMs: durationS * 1000 },
      artist: artist.join('; '),
      lyrics,
      texts: {
        ...Object.fromEntries(Object.entries(columns).map(([name, value]) => [name, [value]])),
        ...tags,
        ...(artist.length > 0 && { artist }),
        ...(date !== '' && { date: [date] }),
      },
    }),
  );
  const db = aMusicLibrary(ours);
  const number = db.prepare('UPDATE track SET track_number = ?, disc_number = ? WHERE id = ?');
  for (const [i, { columns }] of tracks.entries()) {
    number.run(columns.tracknumber ?? null, columns.discnumber ?? null, i + 1);
  }
  return db;
}
