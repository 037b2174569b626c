import type { Field } from '../fields';

/** What a question is asked of: the track, and where it speaks of them its newest analysis and what its file says. */
export function tracksFor(...questions: readonly string[]): string {
  const speaksOf = (name: string) => questions.some((text) => new RegExp(`\\b${name}\\.`).test(text));
  return `track t
    ${speaksOf('a') ? 'LEFT JOIN analysis a ON a.track_id = t.id AND a.version = t.analysis_version' : ''}
    ${speaksOf('x') ? 'LEFT JOIN track_text x ON x.track_id = t.id' : ''}`;
}

const said = (name: string): string => `x.texts ->> '$.${name}[0]'`;
const yearIn = (date: string): string => `COALESCE(CAST(substr(${date}, 1, 4) AS INTEGER), 0)`;

/**
 * A date as Navidrome reads it out of a file: a day or a month that there is, else the first year in the text; empty
 * where there is none.
 */
function dateIn(text: string): string {
  return `COALESCE((SELECT CASE
    WHEN date(substr(v, 1, 10)) = substr(v, 1, 10) THEN substr(v, 1, 10)
    WHEN length(v) = 7 AND date(v || '-01') = v || '-01' THEN v
    ELSE (SELECT substr(v, value, 4) FROM json_each('[1,2,3,4,5,6,7,8,9,10]')
      WHERE substr(v, value, 4) GLOB '[12][0-9][0-9][0-9]' LIMIT 1) END
    FROM (SELECT ${text} AS v)), '')`;
}

const ORIGINAL = dateIn(said('originaldate'));

/**
 * Of the dates d (recorded), o (original) and r (released): many taggers write the date of a reissue as the date, so
 * with an original one before it and no release date Navidrome takes the date for that of the release.
 */
function ofDates(reissued: string, otherwise: string): string {
  return `(SELECT iif(o <> '' AND r = '' AND d >= o, ${reissued}, ${otherwise}) FROM (SELECT
    ${dateIn(`COALESCE(${said('date')}, t.year)`)} AS d, ${ORIGINAL} AS o, ${dateIn(said('releasedate'))} AS r))`;
}

const RECORDED = ofDates('o', "COALESCE(NULLIF(d, ''), NULLIF(o, ''), r)");
const RELEASED = ofDates('d', 'r');

/** Whether the file is part of a compilation: 1 or 0. */
export const IS_COMPILATION = `COALESCE(lower(${said('compilation')}) IN ('1', 't', 'true'), 0)`;

/**
 * Where Tonearm keeps what Navidrome has in a column. An absent text is empty there, an absent number 0 unless it can be
 * told as absent.
 */
const COLUMNS: Readonly<Record<string, string>> = {
  title: 't.title',
  // A list of versions in JSON, which text operators search as it stands.
  lyrics: `iif(COALESCE(x.lyrics, '') = '', '[]', json_array(json_object(
    'lang', 'xxx', 'line', json_array(json_object('value', x.lyrics)), 'synced', json('false'))))`,
  // Navidrome names an album that the file does not name: none is missing there.
  album: "COALESCE(NULLIF(t.album, ''), '[Unknown Album]')",
  filepath: 't.path',
  // What follows the last dot.
  filetype: "lower(replace(t.path, rtrim(t.path, replace(t.path, '.', '')), ''))",
  year: yearIn(RECORDED),
  originalyear: yearIn(ORIGINAL),
  releaseyear: yearIn(RELEASED),
  tracknumber: 'COALESCE(t.track_number, 0)',
  discnumber: 'COALESCE(t.disc_number, 0)',
  size: 't.size_bytes',
  duration: 'COALESCE(t.duration_ms, 0) / 1000.0',
  bitrate: 'COALESCE(t.bitrate, 0) / 1000',
  samplerate: 'COALESCE(t.sample_rate, 0)',
  channels: 'COALESCE(t.channels, 0)',
  date: RECORDED,
  originaldate: ORIGINAL,
  releasedate: RELEASED,
  // Days begin where this machine is, as they do in Navidrome where its server is.
  dateadded: "strftime('%Y-%m-%dT%H:%M:%f', t.added_at, 'localtime')",
  datemodified: "strftime('%Y-%m-%dT%H:%M:%S', t.mtime_ms / 1000, 'unixepoch', 'localtime')",
  compilation: IS_COMPILATION,
  bpm: `NULLIF(CAST(round(${said('bpm')}) AS INTEGER), 0)`,
  missing: 't.missing_since IS NOT NULL',
};

const EMPTY = { text: "''", number: '0', date: "''", boolean: '0' } as const;

/**
 * The column of a field as an expression with the affinity that Navidrome's column has, so that a value of another type
 * is compared as it is there.
 */
export function columnOf(field: Field): string {
  return `CAST(${expressionOf(field)} AS ${field.type === 'number' || field.type === 'boolean' ? 'NUMERIC' : 'TEXT'})`;
}

function expressionOf({ name, type, knowledge, isNullable }: Field): string {
  if (knowledge === 'unplayed') return type === 'date' ? 'NULL' : '0';
  const isNullWhenAbsent = isNullable && type !== 'text';
  return COLUMNS[name] ?? (isNullWhenAbsent ? said(name) : `COALESCE(${said(name)}, ${EMPTY[type]})`);
}

/** Whether a column that can be told as absent is: a number where there is none, a text where it is empty. */
export function isAbsent(field: Field): string {
  const column = columnOf(field);
  if (field.type !== 'text') return `${column} IS NULL`;
  return `(${column} IS NULL OR ${column} = '${field.name === 'lyrics' ? '[]' : ''}')`;
}
