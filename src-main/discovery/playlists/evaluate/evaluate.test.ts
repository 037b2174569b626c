import { expect, it } from 'vitest';
import { type ATrack, aMusicLibrary, queriesOf, someFields } from '../library.fixture';
import { parseQuery } from '../query/parse';
import { selectionOf } from '../saved/tracks-of';

const NOW = new Date('2026-11-21T12:00:00Z');
const loadAnalysis = (happy: number, more: Record<string, number> = {}) => ({
  'mood_happy/happy': happy,
  'mood_happy/non_happy': 1 - happy,
  ...more,
});

/** a … g; the letters are what the table below expects. */
const TRACKS: readonly ATrack[] = [
  {
    title: 'Sunrise',
    artist: 'Daft Punk',
    album: 'Discovery',
    year: 2001,
    path: 'Daft Punk/Discovery/01.Sunrise.FLAC',
    addedAt: '2026-11-20T08:00:00.000Z',
    durationMs: 215_400,
    texts: {
      genre: ['Electronic', 'House'],
      bpm: ['123'],
      comment: ['100% live'],
      albumartist: ['Daft Punk'],
      date: ['2001-03-12'],
    },
    scores: loadAnalysis(0.91, {
      'danceability/danceable': 0.85,
      'msd_tags/electronic': 0.6,
      'msd_tags/House': 0.4,
      'msd_tags/pop': 0.25,
      'msd_tags/rock': 0.1,
    }),
    moods: { happy: 3, danceable: 2 },
    analyzed: {
      bpm: 123.44,
      bpm_confidence: 0.9,
      musical_key: 'F#',
      scale: 'minor',
      key_confidence: 0.8,
      loudness_lufs: -9.318,
    },
  },
  {
    title: 'rain song',
    artist: 'Zero 7',
    year: 2004,
    texts: { artist: ['Zero 7', 'Sia'], genre: ['Rock'], composer: ['Binns', 'Hardaker'] },
    scores: loadAnalysis(0.2, { 'msd_tags/rock': 0.15, 'msd_tags/pop': 0.1 }),
    moods: { sad: 3 },
    analyzed: { bpm: 90, bpm_confidence: 0.05, musical_key: 'C', scale: 'major', key_confidence: 0.9 },
  },
  { title: 'Lo-Fi', texts: { genre: ['lo-fi'] }, addedAt: '2026-10-01T00:00:00.000Z' },
  {
    title: 'LO_FI',
    year: 1999,
    texts: { genre: ['lo_fi', 'Rock'], compilation: ['1'] },
    scores: loadAnalysis(0.5),
    moods: { happy: 1 },
  },
  {
    title: 'Über',
    artist: 'Björk',
    album: 'Post',
    year: 1995,
    texts: { rgtrackgain: ['-7.5'], mood: ['Happy'] },
    scores: loadAnalysis(0.70004),
  },
  { title: 'gone', year: 2001, isMissing: true, texts: { genre: ['Rock'] } },
  { title: 'stale', artist: 'Abba', year: 1976, texts: { genre: ['Pop'] }, scores: loadAnalysis(0.99), isStale: true },
];
const queries = queriesOf(aMusicLibrary(TRACKS));
const fields = someFields();

function lettersOf(
  query: string,
  order: { sort?: string; order?: 'asc' | 'desc'; limit?: number } = {},
  library = queries,
): string {
  const criteria = { rules: parseQuery(query, fields), ...order };
  const { tracks } = library['playlists.select']({ selection: selectionOf(criteria, fields, NOW), most: 100 });
  const letters = tracks.map(({ id }) => 'abcdefg'[id - 1]);
  return (order.sort ? letters : letters.sort()).join('');
}

it.each([
  // Numbers of ours: four decimals as in the file, absent where nothing was analyzed.
  ['nom:happy > 0.5', 'ae'],
  ['nom:happy >= 0.5', 'ade'],
  ['nom:happy < 0.5', 'b'],
  ['nom:happy <= 0.5', 'bd'],
  ['nom:happy = 0.7', 'e'],
  ['nom:happy != 0.7', 'abcdg'],
  ['nom:happy in [0.2, 0.7]', 'bde'],
  ['nom:happy is true', 'ae'],
  ['nom:happy is false', 'bd'],
  ['NOT nom:happy > 0.5', 'bcdg'],
  ['nom:happy exists', 'abde'],
  ['nom:happy not exists', 'cg'],
  ['NOT nom:happy exists', 'cg'],
  ['nom:danceable > 0', 'a'],
  // Moods, one list in another.
  ['nom:mood-strict = happy', 'a'],
  ['nom:mood-loose = happy', 'ad'],
  ['nom:mood-regular = danceable', 'a'],
  ['nom:mood-strict = danceable', ''],
  ['nom:mood-strict = Happy', ''],
  ['nom:mood-strict contains HAPP', 'a'],
  ['nom:mood-loose != happy', 'bceg'],
  ['nom:mood-loose not exists', 'ceg'],
  // Genres as they would be written: at least 0.2, half of the strongest.
  ['nom:genre = Electronic', 'a'],
  ['nom:genre = House', 'a'],
  ['nom:genre = Pop', ''],
  ['nom:genre exists', 'a'],
  // What is measured, where it is believed.
  ['nom:bpm > 100', 'a'],
  ['nom:bpm = 123.4', 'a'],
  ['nom:bpm not exists', 'bcdeg'],
  ['nom:key = F#m', 'a'],
  ['nom:key = C', 'b'],
  ['nom:loudness < -9', 'a'],
  ['nom:tonearm exists', 'abde'],
  // Text in columns.
  ['title = Sunrise', 'a'],
  ['title = sunrise', ''],
  ['title contains SONG', 'b'],
  ['title not contains o', 'aeg'],
  ['title starts with lo', 'cd'],
  ['title ends with fi', 'cd'],
  ['title contains "lo_fi"', 'cd'],
  ['title contains über', ''],
  ['title != Sunrise', 'bcdeg'],
  ['comment contains "100%"', 'a'],
  // An absent text is empty: it differs from every other, and contains none.
  ['comment not exists', 'bcdeg'],
  ['comment not contains live', 'bcdeg'],
  ['comment != x', 'abcdeg'],
  ['NOT comment contains live', 'bcdeg'],
  ['catalognumber != x', 'abcdeg'],
  ['album exists', 'abcdeg'],
  ['album not exists', ''],
  ['album = "[Unknown Album]"', 'bcdg'],
  ['filepath starts with "Daft Punk/"', 'a'],
  ['filetype = flac', 'abcdeg'],
  // Tags and roles with several values.
  ['genre = Rock', 'bd'],
  ['genre != Rock', 'aceg'],
  ['genre = rock', ''],
  ['genre contains ROCK', 'bd'],
  ['genre contains "lo_fi"', 'cd'],
  ['genre not contains "lo_fi"', 'abeg'],
  ['genre = Electronic AND genre = House', 'a'],
  ['genre in [Pop, Rock]', 'bdg'],
  ['genre not in [Pop, Rock]', 'ace'],
  ['genre not exists', 'e'],
  ['artist = Sia', 'b'],
  ['artist != Sia', 'acdeg'],
  ['NOT artist = Sia', 'acdeg'],
  ['composer exists', 'b'],
  ['composer starts with hard', 'b'],
  ['mood = Happy', 'e'],
  // Numbers in columns: what is unknown is 0.
  ['year > 1999', 'ab'],
  ['year < 1990', 'cg'],
  ['year = 0', 'c'],
  ['year in [1995, 2001]', 'ade'],
  ['year not in [1995, 2001]', 'bcg'],
  ['NOT year > 1999', 'cdeg'],
  ['duration > 215', 'a'],
  ['bitrate = 320', 'abcdeg'],
  ['bpm > 100', 'a'],
  ['bpm not exists', 'bcdeg'],
  ['NOT bpm > 100', 'bcdeg'],
  ['rgtrackgain < -7', 'e'],
  ['samplerate = 44100 AND channels = 2', 'abcdeg'],
  // Dates.
  ['dateadded in last 30', 'a'],
  ['dateadded not in last 30', 'bcdeg'],
  ['dateadded after 2026-09-30', 'ac'],
  ['dateadded before 2026-10-01', 'bdeg'],
  ['dateadded in [2026-10-01, 2026-11-01]', 'c'],
  ['date after 2001-01-01', 'ab'],
  ['date before 2000-01-01', 'cdeg'],
  // Truth.
  ['compilation is true', 'd'],
  ['compilation is false', 'abceg'],
  ['missing is true', ''],
  // What only Navidrome knows: as never played, or left out.
  ['playcount = 0', 'abcdeg'],
  ['playcount > 0', ''],
  ['loved is true', ''],
  ['rating < 3', 'abcdeg'],
  ['lastplayed in last 30', ''],
  ['lastplayed not in last 30', 'abcdeg'],
  ['hascoverart is true AND year = 1995', 'e'],
  ['hascoverart is true OR year = 1995', 'e'],
  ['hascoverart is true', 'abcdeg'],
  // Logic.
  ['year = 1995 OR year = 1999 AND genre = Rock', 'de'],
  ['NOT (genre = Rock OR genre = Pop)', 'ace'],
  ['NOT (genre = Rock AND year = 1999)', 'abceg'],
  ['NOT NOT genre = Rock', 'bd'],
])('finds by %s the tracks that Navidrome would: %s', (query, letters) => {
  expect(lettersOf(query)).toBe(letters);
});

it.each([
  ['albumartist = Beta', 'ab'],
  ['albumartist = Alpha', 'b'],
  ['albumartist != Beta', 'cde'],
  ['albumartist not contains et', 'cde'],
  ['albumartist = "Various Artists"', 'c'],
  ['albumartist = Gamma', 'd'],
  ['albumartist exists', 'abcd'],
])('takes the artists for the album artist that no file names, as Navidrome does: %s', (query, letters) => {
  const library = aMusicLibrary([
    { title: '1', artist: 'Beta' },
    { title: '2', texts: { artist: ['Alpha', 'Beta'] } },
    { title: '3', artist: 'Beta', texts: { compilation: ['1'] } },
    { title: '4', artist: 'Beta', texts: { albumartist: ['Gamma'], compilation: ['1'] } },
    { title: '5' },
  ]);
  expect(lettersOf(query, {}, queriesOf(library))).toBe(letters);
});

it.each([
  ['recordingdate = 1985', 'a'],
  ['date = 1985-06', 'b'],
  ['date after 1985', 'bcdef'],
  ['date before 1986', 'abg'],
  ['date = 2001', 'cd'],
  ['date after 2001-09-11', 'e'],
  ['date = 2003-05-17', 'e'],
  ['date in [1985, 1985-12]', 'ab'],
  ['date = 1999', 'f'],
])('compares dates of files as far as they go, as Navidrome does: %s', (query, letters) => {
  const dates = ['1985', '1985-06', '20010911', '2001-02-30', '2003-05-17T10:00:00Z', 'May 1999', 'unknown'];
  const library = aMusicLibrary(dates.map((date, i) => ({ title: `${i}`, texts: { date: [date] } })));
  expect(lettersOf(query, {}, queriesOf(library))).toBe(letters);
});

it.each([
  ['year in [1970, 1979]', 'abd'],
  ['year = 1999', 'c'],
  ['date = 1975-06', 'ab'],
  ['releaseyear = 1999', 'a'],
  ['releasedate = 1999-03-01', 'a'],
  ['originalyear = 1975', 'ab'],
  ['year = 1980', 'e'],
  ['releasedate = 2010', 'cd'],
])('takes a reissue by its original date, as Navidrome does: %s', (query, letters) => {
  const library = aMusicLibrary([
    { title: '1', year: 1999, texts: { date: ['1999-03-01'], originaldate: ['1975-06'] } },
    { title: '2', texts: { originaldate: ['1975-06'] } },
    { title: '3', year: 1999, texts: { date: ['1999'], originaldate: ['1960'], releasedate: ['2010'] } },
    { title: '4', year: 1971, texts: { date: ['1971'], releasedate: ['2010'] } },
    { title: '5', year: 1980, texts: { date: ['1980'], originaldate: ['1990'] } },
  ]);
  expect(lettersOf(query, {}, queriesOf(library))).toBe(letters);
});

it.each([
  ['bpm = 100', 'ab'],
  ['bpm = 99.6', ''],
  ['bpm exists', 'ab'],
  ['bpm not exists', 'cd'],
  ['bpm = 0', ''],
  ['compilation is true', 'abc'],
  ['compilation is false', 'd'],
])('keeps a whole tempo and every way of saying true, as Navidrome does: %s', (query, letters) => {
  const tempi = [['99.6'], ['100'], ['0'], ['0.4']];
  const truths = [['true'], ['T'], ['1'], ['0']];
  const tracks = tempi.map((bpm, i) => ({ title: `${i}`, texts: { bpm, compilation: truths[i] } }));
  expect(lettersOf(query, {}, queriesOf(aMusicLibrary(tracks)))).toBe(letters);
});

it.each([
  [{ sort: 'title' }, 'dcabge'],
  [{ sort: '-year,title' }, 'badegc'],
  [{ sort: 'year', order: 'desc' }, 'badegc'],
  [{ sort: 'nom_happy' }, 'cgbdea'],
  [{ sort: '-nom_happy', limit: 2 }, 'ae'],
  [{ sort: 'genre, title' }, 'eagbcd'],
  [{ sort: 'nothing, -title' }, 'egbacd'],
] as const)('orders by %o', (order, letters) => {
  expect(lettersOf('year >= 0', order)).toBe(letters);
});
