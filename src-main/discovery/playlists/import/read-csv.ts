import { parse } from 'csv-parse/sync';
import { AppError } from '../../../rpc';
import { type SourcePlaylist, type SourceTrack, sourceTrack } from './source';

/**
 * How the columns are called, in lower case, by Exportify, Soundiiz, TuneMyMusic, Deezer's, YouTube Music's and our own
 * exports.
 */
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  title: ['track name', 'trackname', 'title', 'track title', 'song', 'song name', 'name', 'track'],
  artist: [
    'artist name(s)',
    'artist name',
    'artistname',
    'artist',
    'artists',
    'artist name 1',
    'track artist',
    'album artist name(s)',
  ],
  album: ['album name', 'albumname', 'album', 'album title'],
  isrc: ['isrc', 'track isrc'],
  milliseconds: ['track duration (ms)', 'duration (ms)', 'duration_ms', 'durationms'],
  seconds: ['duration', 'length', 'duration (s)', 'seconds'],
  playlist: ['playlist name', 'playlist', 'playlistname'],
};
type Row = Readonly<Record<string, string>>;

/** Whether a text begins with a line of columns that we know: a title, and something beside it. */
export function isCsv(text: string): boolean {
  const [first = ''] = text.split(/\r\n|\r|\n/, 1);
  const columns = headsOf(first.split(/[,;\t]/));
  return columns.length > 1 && COLUMNS.title.some((name) => columns.includes(name));
}

/** The playlists of a table; more than one where a column says so. Throws `invalid_input` for a table that is none. */
export function readCsv(text: string): SourcePlaylist[] {
  const rows = rowsOf(text);
  const playlists = new Map<string, SourceTrack[]>();
  for (const row of rows) {
    const track = trackOf(row);
    const name = value(row, 'playlist');
    if (!track) continue;
    const tracks = playlists.get(name);
    if (tracks) tracks.push(track);
    else playlists.set(name, [track]);
  }
  return [...playlists].map(([name, tracks]) => ({ name, tracks }));
}

function rowsOf(text: string): Row[] {
  const [first = ''] = text.split(/\r\n|\r|\n/, 1);
  const count = (sign: string) => first.split(sign).length;
  const delimiter = [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
  try {
    const options = { delimiter, relax_column_count: true, relax_quotes: true, skip_empty_lines: true } as const;
    return parse(text, {
      ...options,
      columns: headsOf,
      max_record_size: 100_000,
    }) as Row[];
  } catch (thrown) {
    throw new AppError('invalid_input', 'This table cannot be read: a line of it does not end where it should.', {
      cause: thrown,
    });
  }
}

/** A title of something else than a track. */
const OTHER_TITLE = /^(?:album|release|record|playlist) /;

/** The heads of columns in lower case. Where none is a title that we know, `… title` beside an artist is one. */
function headsOf(names: readonly string[]): string[] {
  const heads = names.map(plain);
  const isKnown = (column: 'title' | 'artist') => COLUMNS[column].some((name) => heads.includes(name));
  if (isKnown('title') || !isKnown('artist')) return heads;
  const at = heads.findIndex((head) => head.endsWith(' title') && !OTHER_TITLE.test(head));
  return heads.map((head, index) => (index === at ? 'title' : head));
}

const plain = (name: string) =>
  name
    .replace(/^\ufeff/, '')
    .replace(/^["'\s]+|["'\s]+$/g, '')
    .toLowerCase();

function value(row: Row, column: keyof typeof COLUMNS): string {
  const name = COLUMNS[column].find((known) => row[known]);
  return unguarded((name && row[name]) || '');
}

/** Exports put an apostrophe before what a table program would take for a formula. */
const unguarded = (cell: string) => cell.replace(/^'(?=[=+\-@\t\r])/, '');

function trackOf(row: Row): SourceTrack | undefined {
  const [milliseconds, seconds] = [value(row, 'milliseconds'), value(row, 'seconds')];
  return sourceTrack({
    title: value(row, 'title'),
    artist: firstArtist(value(row, 'artist')),
    album: value(row, 'album'),
    isrc: value(row, 'isrc'),
    durationMs: milliseconds || clockMs(seconds),
  });
}

/** Exportify parts artists with `;` in newer files. */
const firstArtist = (artists: string) => artists.split(';')[0];

/** `187`, `3:07`, `1:02:45`. */
function clockMs(text: string): number {
  return text.split(':').reduce((total, part) => total * 60 + Number(part), 0) * 1000;
}
