import { describe, expect, it } from 'vitest';
import { queriesOf, someFields } from '../library.fixture';
import { readNsp } from '../nsp';
import { selectionOf } from '../saved/tracks-of';
import { aNavidrome, COLUMNS, type Known, ourLibrary, ROLES } from './navidrome.fixture';

const NOW = new Date('2026-11-21T22:30:00-05:00');
// Not Greenwich: a day has to begin where the machine is.
process.env.TZ = 'America/New_York';

const pick = <T>(from: readonly T[], i: number): T => from[i % from.length];
const some = (name: string, value: string | undefined) => (value === undefined ? {} : { [name]: value });
const list = (name: string, values: readonly string[]) => (values.length === 0 ? {} : { [name]: values });

/** Tracks in which every field is there, absent, and in several forms. */
const TRACKS: Known[] = Array.from({ length: 48 }, (_, i) => ({
  title: pick(['Low Rider', 'low rider', 'Something', 'Love_Me', 'LoveXMe', '100% Love', 'Über', '2000'], i),
  artist: pick([['U2'], ['The Beatles'], ['Miles Davis', 'John Coltrane'], [], ['u2', 'Björk']], i),
  album: pick(['Best Of', 'Kind of Blue', '', 'best of'], i),
  path: `Rock/${i}/track ${i}.${pick(['mp3', 'flac', 'ogg'], i)}`,
  added: pick(['2026-11-21T21:00:00', '2026-11-20T23:30:00', '2026-10-22T00:10:00', '2020-01-01T00:00:00'], i),
  durationS: pick([180, 215.4, 61.25, 600], i),
  date: pick(['1980', '1985-06', '1990-12-31', '', '2024-01-01'], i),
  tags: {
    ...list('genre', pick([['Rock'], ['Rock', 'Blues'], ['rock & roll'], [], ['Jazz'], ['Po_p', '100%']], i)),
    ...list('mood', pick([[], ['Happy'], ['Sad', 'Calm'], []], i)),
    ...list('grouping', pick([[], [], ['Live']], i)),
    ...list('language', pick([['eng'], [], ['deu', 'eng']], i)),
    ...list('recordlabel', pick([['Blue Note'], []], i)),
    ...list('releasetype', pick([['album'], ['single'], ['album', 'live'], []], i)),
    ...list('media', pick([['CD'], ['Vinyl'], []], i)),
    ...list('composer', pick([['Lennon', 'McCartney'], [], ['Harrison']], i)),
    ...list('conductor', pick([[], [], [], ['Karajan']], i)),
    ...list('albumartist', pick([[], ['Queen'], [], ['U2', 'Queen']], i)),
  },
  columns: {
    ...some('comment', pick([undefined, 'this is live', 'THIS', '100% live'], i)),
    ...some('lyrics', pick([undefined, 'All you need is love', 'Live and let die'], i)),
    ...some('explicitstatus', pick(['e', undefined, 'c', undefined], i)),
    ...some('discsubtitle', pick([undefined, 'Disc One', undefined], i)),
    ...some('sorttitle', pick(['Rider, Low', undefined], i)),
    ...some('sortalbum', pick([undefined, undefined, 'Best'], i)),
    ...some('sortartist', pick([undefined, 'Beatles, The'], i)),
    ...some('sortalbumartist', pick([undefined, 'Beatles, The', undefined], i)),
    ...some('albumcomment', pick([undefined, 'remaster'], i)),
    ...some('catalognumber', pick([undefined, 'CAT-1', '42'], i)),
    ...some('mbz_album_id', pick([undefined, 'aaaa-1'], i)),
    ...some('mbz_recording_id', pick(['bbbb-2', undefined, undefined], i)),
    ...some('mbz_release_group_id', pick([undefined, 'cccc-3'], i)),
    ...some('bpm', pick(['120', '82', undefined, '150'], i)),
    ...some('bitdepth', pick(['16', undefined, '24'], i)),
    ...some('rgtrackgain', pick(['-7.1', undefined, '-8.25', '0'], i)),
    ...some('rgtrackpeak', pick(['0.95', undefined], i)),
    ...some('rgalbumgain', pick([undefined, '-6.5', undefined], i)),
    ...some('rgalbumpeak', pick([undefined, '1'], i)),
    ...some('compilation', pick([undefined, undefined, '1'], i)),
    ...some('tracknumber', pick(['1', '2', undefined, '11'], i)),
    ...some('discnumber', pick([undefined, '2'], i)),
  },
}));

type Value = string | number | boolean | readonly (string | number)[];
/** One rule: `{ "is": { "year": 1980 } }`. */
type Asked = readonly [operator: string, field: string, value: Value];

const LIKE = ['contains', 'notContains', 'startsWith', 'endsWith'];
const across = (operators: readonly string[], fields: readonly string[], values: readonly Value[]): Asked[] =>
  operators.flatMap((operator) => fields.flatMap((field) => values.map((value) => [operator, field, value] as const)));

const IN_TEXT = ['title', 'lyrics', 'album', 'filepath', 'comment', 'catalognumber', 'sorttitle', 'sortartist'];
const TEXTS = Object.keys(COLUMNS).filter((name) => COLUMNS[name].type === 'varchar' && name !== 'date');
const NUMBERS = Object.keys(COLUMNS).filter((name) => /integer|real/.test(COLUMNS[name].type));
const TAGS = ['genre', 'mood', 'grouping', 'language', 'recordlabel', 'releasetype', 'media', 'isrc'];
const ANNOTATED = { playcount: 'play_count', rating: 'rating', loved: 'starred' } as const;
const WHEN = { lastplayed: 'play_date', dateloved: 'starred_at', daterated: 'rated_at' } as const;
const NULLABLE = [
  ...TEXTS.filter((name) => !['title', 'filepath', 'filetype'].includes(name)),
  ...['bpm', 'bitdepth', 'rgtrackgain', 'rgtrackpeak', 'rgalbumgain', 'rgalbumpeak'],
];

const RULES: Asked[] = [
  ...across(['is', 'isNot'], TEXTS, ['Low Rider', 'Best Of', 'flac', '42', 'e', ['U2', 'CAT-1', 'remaster']]),
  ...across(LIKE, IN_TEXT, ['love', 'LIVE', '100%', 'e_', 'ü', '2', 'Rock/1']),
  ...across(['is', 'isNot', 'gt', 'lt'], NUMBERS, [0, 2, 120, -7.1, 1985]),
  ...across(['is', 'isNot'], NUMBERS, [[2, 120, 1980]]),
  ...across(['inTheRange'], NUMBERS, [
    [1, 150],
    [-10, 0],
    [1980, 1990],
  ]),
  ...across(LIKE, ['year', 'bpm', 'size', 'bitrate'], ['19', '0']),
  ...across(['is', 'isNot', 'before', 'after'], ['date'], ['1980', '1985-06', '1990-12-31', '2001-01-01']),
  ...across(['inTheRange'], ['date', 'dateadded'], [['1980-01-01', '2026-11-21']]),
  ...across(['before', 'after'], ['dateadded', ...Object.keys(WHEN)], ['2026-10-22', '2026-11-21', '2099-01-01']),
  ...across(['inTheLast', 'notInTheLast'], ['dateadded', ...Object.keys(WHEN)], [0, 1, 2, 30, 31, 99_999]),
  ...across(['is', 'isNot', 'gt', 'lt'], ['compilation', 'missing', 'loved'], [true, false]),
  ...across(['is', 'isNot'], ['compilation', 'loved'], ['true', 'F', 1, 0]),
  ...across(['is', 'isNot', 'gt', 'lt'], ['playcount', 'rating'], [0, 3, -1]),
  ...across(
    ['inTheRange'],
    ['playcount', 'rating'],
    [
      [-1, 5],
      [1, 5],
    ],
  ),
  ...across(['is', 'isNot', ...LIKE], [...TAGS, ...ROLES], ['Rock', 'u2', 'e', '100%', 'album', 'Queen']),
  ...across(['is', 'isNot'], [...TAGS, ...ROLES], [['Rock', 'Jazz', 'Queen', 'eng']]),
  ...across(['isMissing', 'isPresent'], [...TAGS, ...ROLES, ...NULLABLE], [true, false, 'true', 0]),
];

const BOOLEAN = new Set(['compilation', 'missing', 'loved']);
const SIGNS: Readonly<Record<string, string>> = {
  ...{ is: '=', isNot: '<>', gt: '>', lt: '<', before: '<', after: '>' },
  ...{ contains: 'LIKE', notContains: 'NOT LIKE', startsWith: 'LIKE', endsWith: 'LIKE' },
};
const DAYS: Readonly<Record<number, string>> = {
  ...{ 0: '2026-11-21', 1: '2026-11-20', 2: '2026-11-19', 30: '2026-10-22', 31: '2026-10-21', 99999: '1753-02-04' },
};

/** The question that Navidrome asks of its own tables, as its documents and the tests of its queries describe it. */
function question([operator, field, value]: Asked): { text: string; values: unknown[] } {
  const truth = (of: unknown) =>
    BOOLEAN.has(field) || /^is(Missing|Present)$/.test(operator) ? /^(true|1)$/i.test(`${of}`) : of;
  const bound = (of: unknown) => (typeof truth(of) === 'boolean' ? Number(truth(of)) : of);
  const isRole = (ROLES as readonly string[]).includes(field);
  if (TAGS.includes(field) || isRole) {
    const positive = operator === 'isNot' ? 'is' : operator === 'notContains' ? 'contains' : operator;
    const isPresence = /^is(Missing|Present)$/.test(operator);
    const inner = isPresence ? { text: '1', values: [] } : compare('value', positive, value, bound);
    const isNegated = isPresence ? (operator === 'isMissing') === truth(value) : positive !== operator;
    const from = isRole
      ? `SELECT 1 FROM (SELECT name AS value FROM participant WHERE media_file_id = media_file.id AND role = '${field}')`
      : `SELECT 1 FROM json_tree(media_file.tags, '$.${field}') WHERE key = 'value' AND 1`;
    const where = isRole ? 'WHERE' : 'AND';
    return { ...inner, text: `${isNegated ? 'NOT ' : ''}EXISTS (${from} ${where} ${inner.text})` };
  }
  const column =
    field in ANNOTATED
      ? `COALESCE(annotation.${ANNOTATED[field as 'rating']}, 0)`
      : field in WHEN
        ? `annotation.${WHEN[field as 'lastplayed']}`
        : `media_file.${COLUMNS[field].column}`;
  if (/^is(Missing|Present)$/.test(operator)) {
    const isText = COLUMNS[field].type === 'varchar';
    const missing = `(${column} IS NULL${isText ? ` OR ${column} IN ('', '[]')` : ''})`;
    return { text: (operator === 'isMissing') === truth(value) ? missing : `NOT ${missing}`, values: [] };
  }
  return compare(column, operator, value, bound);
}

function compare(column: string, operator: string, value: Value, bound: (of: unknown) => unknown) {
  if (operator === 'inTheRange') return { text: `(${column} >= ? AND ${column} <= ?)`, values: [...(value as [])] };
  if (operator === 'inTheLast') return { text: `${column} > ?`, values: [DAYS[value as number]] };
  if (operator === 'notInTheLast')
    return { text: `(${column} < ? OR ${column} IS NULL)`, values: [DAYS[value as number]] };
  if (Array.isArray(value)) {
    const places = value.map(() => '?').join(', ');
    return { text: `${column} ${operator === 'is' ? 'IN' : 'NOT IN'} (${places})`, values: [...value] };
  }
  const before = /ontains$|^endsWith$/.test(operator) ? '%' : '';
  const after = /ontains$|^startsWith$/.test(operator) ? '%' : '';
  const isLike = before !== '' || after !== '';
  return { text: `${column} ${SIGNS[operator]} ?`, values: [isLike ? `${before}${value}${after}` : bound(value)] };
}

const fields = someFields();
const library = queriesOf(ourLibrary(TRACKS));
const navidrome = aNavidrome(TRACKS);

function theirs(text: string, values: readonly unknown[]): number[] {
  return navidrome
    .prepare<unknown[], number>(
      `SELECT media_file.id FROM media_file LEFT JOIN annotation ON item_id = media_file.id WHERE ${text} ORDER BY 1`,
    )
    .pluck()
    .all(...values);
}

function ours(nsp: object): number[] {
  const { playlist } = readNsp(JSON.stringify(nsp), fields, 'Rules');
  const { tracks } = library['playlists.select']({ selection: selectionOf(playlist, fields, NOW), most: 100 });
  return tracks.map(({ id }) => id).sort((a, b) => a - b);
}

const written = ([operator, field, value]: Asked) => ({ [operator]: { [field]: value } });

describe('Rules find the tracks that Navidrome finds', () => {
  it.each([...Map.groupBy(RULES, ([operator]) => operator)])('that say %s', (_operator, rules) => {
    const differing = rules.flatMap((rule) => {
      const { text, values } = question(rule);
      const [expected, found] = [theirs(text, values), ours({ all: [written(rule)] })];
      return String(expected) === String(found)
        ? []
        : [`${JSON.stringify(written(rule))}: ${found} instead of ${expected}`];
    });
    expect(differing).toEqual([]);
  });

  it.each(['all', 'any'] as const)('that stand together in a group of %s', (kind) => {
    const differing = RULES.flatMap((rule, i) => {
      const other = RULES[(i * 7 + 13) % RULES.length];
      const [a, b] = [question(rule), question(other)];
      const joined = `(${a.text} ${kind === 'all' ? 'AND' : 'OR'} ${b.text})`;
      const expected = theirs(joined, [...a.values, ...b.values]);
      const found = ours({ [kind]: [written(rule), written(other)] });
      return String(expected) === String(found)
        ? []
        : [`${JSON.stringify([rule, other])}: ${found} instead of ${expected}`];
    });
    expect(differing).toEqual([]);
  });

  it('in numbers that show what was compared', () => {
    const sizes = RULES.map((rule) => ours({ all: [written(rule)] }).length);
    expect(RULES.length).toBeGreaterThan(1000);
    // Rules that find all or nothing compare little.
    expect(sizes.filter((size) => size > 0 && size < TRACKS.length).length).toBeGreaterThan(400);
  });
});
