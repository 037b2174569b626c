import { expect, it } from 'vitest';
import { orderOf } from '../evaluate/order';
import { whereOf } from '../evaluate/where';
import { aMusicLibrary, queriesOf, someFields } from '../library.fixture';
import { parseQuery } from '../query/parse';
import type { Condition, Group } from '../rules/contract';
import { lower } from './lower';
import { readNsp } from './read';
import { validate } from './validate';
import { nspRules, writeNsp } from './write';

const fields = someFields();
const rulesOf = (query: string) => nspRules({ rules: parseQuery(query, fields) }, fields);
const is = (field: string, operator: Condition['operator'], value: Condition['value']): Condition => ({
  field,
  operator,
  value,
});
const all = (...rules: Group[] | Condition[]): { rules: Group } => ({ rules: { all: rules } });

it.each([
  ['nom:happy >= 0.6', { any: [{ gt: { nom_happy: 0.6 } }, { is: { nom_happy: 0.6 } }] }],
  ['nom:happy > 0.6', { all: [{ gt: { nom_happy: 0.6 } }] }],
  ['NOT genre = Rock', { all: [{ isNot: { genre: 'Rock' } }] }],
  [
    'NOT (genre = Rock AND year > 1999)',
    {
      any: [{ isNot: { genre: 'Rock' } }, { any: [{ lt: { year: 1999 } }, { is: { year: 1999 } }] }],
    },
  ],
  [
    'NOT (genre = Rock OR NOT artist contains x)',
    { all: [{ isNot: { genre: 'Rock' } }, { contains: { artist: 'x' } }] },
  ],
  [
    'NOT nom:happy > 0.6',
    {
      any: [{ lt: { nom_happy: 0.6 } }, { is: { nom_happy: 0.6 } }, { isMissing: { nom_happy: true } }],
    },
  ],
  ['NOT nom:happy exists', { all: [{ isMissing: { nom_happy: true } }] }],
  ['year not in [1990, 1999]', { any: [{ lt: { year: 1990 } }, { gt: { year: 1999 } }] }],
  ['NOT lastplayed in last 30', { all: [{ notInTheLast: { lastplayed: 30 } }] }],
  ['playlist = abc', { all: [{ inPlaylist: { id: 'abc' } }] }],
])('says %s in the words of Navidrome', (query, rules) => {
  expect(rulesOf(query)).toEqual(rules);
});

it.each(['NOT title starts with A', 'NOT artist ends with "s"'])('explains why %s has no words there', (query) => {
  const { findings } = lower(parseQuery(query, fields), fields);
  expect(findings).toMatchObject([{ code: 'no_opposite', severity: 'error', path: [0] }]);
  expect(() => rulesOf(query)).toThrow('does not begin or end');
});

it.each([
  [{ is: { loved: 'true' } }, is('loved', 'is', true)],
  [{ is: { loved: 'f' } }, is('loved', 'is', false)],
  [{ is: { compilation: 1 } }, is('compilation', 'is', true)],
  [{ isNot: { compilation: 0 } }, is('compilation', 'isNot', false)],
  [{ isMissing: { genre: 't' } }, is('genre', 'isMissing', true)],
  [{ isPresent: { genre: 'F' } }, is('genre', 'isPresent', false)],
])('takes %o for true or false, as Navidrome does', (rule, condition) => {
  const { playlist, findings } = readNsp(JSON.stringify({ all: [rule] }), fields, 'file');
  expect(playlist.rules).toEqual({ all: [condition] });
  expect(findings).toEqual([]);
});

it('saves and writes true and false in quotes as what they mean', () => {
  const written = all(is('loved', 'is', 'true'), is('genre', 'isMissing', 'f'));
  expect(validate(written, fields)).toEqual([]);
  expect(nspRules(written, fields)).toEqual({ all: [{ is: { loved: true } }, { isMissing: { genre: false } }] });
});

it('reads what it wrote, and files with comments and names in any letter case', () => {
  const rules = parseQuery('nom:happy > 0.6 AND (genre = Rock OR year in [1990, 1999])', fields);
  const playlist = { name: 'A', comment: 'B', public: true, rules, sort: '-year,title', limit: 50, refreshDelay: '1d' };
  expect(readNsp(writeNsp(playlist, fields), fields, 'file').playlist).toEqual(playlist);
  const { playlist: read, findings } = readNsp(
    `\uFEFF// of a friend
    { "ANY": [ { "ISNOT": { "Genre": "Rock" }, "gt": { "YEAR": 1990 } }, /* two */ { "isMissing": { "nom_happy": "1" } } ],
      "order": "DESC", "limit": 0, "limitPercent": 250 }`,
    fields,
    'file',
  );
  expect(read).toEqual({
    ...{ name: 'file', comment: '', order: 'desc', limitPercent: 100 },
    rules: {
      any: [
        { field: 'genre', operator: 'isNot', value: 'Rock' },
        { field: 'year', operator: 'gt', value: 1990 },
        { field: 'nom_happy', operator: 'isMissing', value: true },
      ],
    },
  });
  expect(findings).toEqual([]);
});

it.each([
  ['"name": 123', {}],
  ['"comment": 5, "public": "yes"', {}],
  ['"order": "random"', {}],
  ['"limit": -1, "offset": -5, "limitPercent": -1', {}],
  ['"limit": 200000', { limit: 100_000 }],
  [`"name": "${'n'.repeat(300)}"`, { name: 'n'.repeat(200) }],
  [`"comment": "${'c'.repeat(3000)}"`, { comment: 'c'.repeat(2000) }],
])('reads a file that says %.50s, as Navidrome does', (head, read) => {
  const { playlist, findings } = readNsp(`{ ${head}, "all": [ { "is": { "title": "x" } } ] }`, fields, 'file');
  expect(playlist).toEqual({ name: 'file', comment: '', rules: { all: [is('title', 'is', 'x')] }, ...read });
  expect(findings).toEqual([]);
});

it.each(['inPlaylist', 'notInPlaylist'])(
  'says of %s by a path that Navidrome finds none, and keeps the path',
  (operator) => {
    const rule = { [operator]: { path: 'most.nsp' } };
    const { playlist, findings } = readNsp(JSON.stringify({ all: [rule] }), fields, 'file');
    expect(findings).toMatchObject([{ code: 'playlist_without_id', severity: 'error', path: [0] }]);
    expect(findings[0].message).toContain('"path"');
    expect(nspRules(playlist, fields)).toEqual({ all: [rule] });
  },
);

it('reads and evaluates long texts and groups of more than a thousand rules', () => {
  const titles = Array.from({ length: 2000 }, (_, i) => is('title', 'is', `${i}`));
  const long = is('title', 'is', 'x'.repeat(3000));
  const text = JSON.stringify({
    any: [...titles, long].map(({ operator, value }) => ({ [operator]: { title: value } })),
  });
  const { playlist, findings } = readNsp(text, fields, 'file');
  expect(playlist.rules).toEqual({ any: [...titles, long] });
  expect(findings.map(({ severity, code }) => [severity, code])).toEqual([['warning', 'too_many_rules']]);
  const queries = queriesOf(aMusicLibrary([{ title: '0' }, { title: '1999' }, { title: 'x' }]));
  const where = whereOf(playlist.rules, { fields, now: new Date() });
  expect(queries['playlists.count']({ where })).toBe(2);
});

it.each([
  ['{ "all": [], "any": [] }', 'side by side'],
  ['{ "name": "x" }', 'no "all" and no "any"'],
  ['{ "all": [ { "likes": { "title": "x" } } ] }', 'no operator "likes"'],
  ['{ "all": [ { "is": { "title": "x", "album": "y" } } ] }', 'exactly one field'],
  ['{ "all": { "is": { "title": "x" } } }', 'list of rules'],
  ['{ "all": [ "x" ] }', 'has to be an object'],
  ['{ "all": [ { "is": { "title": null } } ] }', 'has to be a text'],
  ['{ all }', 'This is no JSON'],
  [`{ "comment": "${'x'.repeat(110_000)}" }`, 'larger than 100 KB'],
])('refuses %.60s as Navidrome does', (text, problem) => {
  expect(() => readNsp(text, fields, 'x')).toThrow(problem);
});

it.each([
  [is('nothing', 'is', 'x'), 'unknown_field'],
  [is('nom:happy', 'gt', 0.5), 'unknown_field'],
  [is('random', 'is', 'x'), 'unknown_field'],
  [is('genre', 'gt', 5), 'text_compared'],
  [is('artist', 'before', '2020-01-01'), 'text_compared'],
  [is('nom_happy', 'inTheRange', [0.2, 0.5]), 'range_on_tag'],
  [is('genre', 'inTheLast', 3), 'range_on_tag'],
  [is('title', 'gt', 'x'), 'wrong_operator'],
  [is('loved', 'contains', true), 'wrong_operator'],
  [is('year', 'inTheLast', 3), 'wrong_operator'],
  [is('title', 'isMissing', true), 'not_nullable'],
  [is('genre', 'isMissing', 'yes'), 'wrong_type'],
  [is('loved', 'is', 'yes'), 'wrong_type'],
  [is('year', 'is', '1999'), 'quoted_number'],
  [is('nom_happy', 'is', true), 'boolean_on_tag'],
  [is('nom_mood_strict', 'is', true), 'boolean_on_tag'],
  [is('title', 'is', 1999), 'number_on_text'],
  [is('title', 'is', ''), 'empty_text'],
  [is('dateadded', 'after', '2024-02-30'), 'wrong_date'],
  [is('dateadded', 'after', 'yesterday'), 'wrong_date'],
  [is('dateadded', 'after', '2024'), 'wrong_date'],
  [is('date', 'after', '2024-13'), 'wrong_date'],
  [is('lastplayed', 'inTheLast', -1), 'wrong_days'],
  [is('lastplayed', 'inTheLast', 1.5), 'wrong_days'],
  [is('year', 'inTheRange', 1999), 'wrong_range'],
  [is('year', 'gt', [1, 2]), 'wrong_type'],
  [is('year', 'is', [1, '2']), 'quoted_number'],
  [is('year', 'inTheRange', [1, 2, 3]), 'wrong_range'],
])('refuses the rule %o: %s', (rule, code) => {
  const found = validate(all(is('year', 'gt', 1), rule), fields);
  expect(found).toMatchObject([{ code, severity: 'error', path: [1] }]);
  expect(found[0].message.length).toBeGreaterThan(20);
});

it.each([
  [all(is('title', 'contains', 'lo_fi')), 'wildcard'],
  [all(is('filepath', 'startsWith', '/music/Abba')), 'absolute_path'],
  [all(is('nom_happy', 'gt', 60)), 'out_of_scale'],
  [all(is('averagerating', 'gt', 3)), 'newer_navidrome'],
  [all(is('year', 'contains', '19')), 'unusual_operator'],
  [all(is('loved', 'gt', true)), 'unusual_operator'],
  [all(is('year', 'inTheRange', [1999, 1990])), 'empty_range'],
  [{ ...all(is('year', 'gt', 1)), sort: 'year,nothing' }, 'unknown_sort'],
  [{ ...all(is('year', 'gt', 1)), offset: 5 }, 'offset_alone'],
  [{ ...all(is('year', 'gt', 1)), limit: 5, limitPercent: 5 }, 'two_limits'],
] as const)('warns of %o: %s', (criteria, code) => {
  expect(validate(criteria, fields).map((finding) => [finding.severity, finding.code])).toEqual([['warning', code]]);
});

it('refuses empty groups, groups that are too deep and those that are too long, each at its place', () => {
  const codes = (rules: Group) => validate({ rules }, fields).map(({ code, path }) => [code, path]);
  expect(codes({ all: [] })).toEqual([['empty_group', []]]);
  expect(codes({ all: [{ any: [] }] })).toEqual([['empty_group', [0]]]);
  let deep: Group = { all: [is('year', 'gt', 1)] };
  for (let level = 0; level < 8; level += 1) deep = { any: [deep] };
  expect(codes(deep)).toEqual([['too_deep', Array.from({ length: 8 }, () => 0)]]);
  expect(codes({ all: Array.from({ length: 301 }, () => is('year', 'gt', 1)) })).toEqual([['too_many_rules', []]]);
});

it.each([
  ['a number on text is above for every track that has the tag', is('genre', 'gt', 5), [1, 2]],
  ['and below for none', is('genre', 'lt', 5), []],
  ['true equals no tag', is('genre', 'is', true), []],
  ['a tag is therefore different from true on every track', is('genre', 'isNot', true), [1, 2, 3]],
  ['a number equals no text', is('nom_mood_strict', 'is', 0.7), []],
  ['a number equals no title, even one of digits', is('title', 'is', 1999), []],
  ['a quoted number equals a number tag', is('nom_happy', 'is', '0.9'), [1]],
  ['a word equals no number tag', is('nom_happy', 'is', 'yes'), []],
  ['a quoted number equals a number column', is('year', 'is', '1999'), [2]],
] as const)('finds what Navidrome finds for a wrong type: %s', (_, rule, ids) => {
  const queries = queriesOf(
    aMusicLibrary([
      { title: 'a', texts: { genre: ['Rock'] }, scores: { 'mood_happy/happy': 0.9 }, moods: { happy: 3 } },
      { title: '1999', year: 1999, texts: { genre: ['12'] }, scores: { 'mood_happy/happy': 0.1 } },
      { title: 'c' },
    ]),
  );
  const where = whereOf(rule, { fields, now: new Date() });
  const selection = { where, order: orderOf({}, fields) };
  const { tracks } = queries['playlists.select']({ selection, most: 10 });
  expect(tracks.map(({ id }) => id).sort()).toEqual([...ids]);
  expect(validate(all(rule as Condition), fields).some(({ severity }) => severity === 'error')).toBe(true);
});

it.each([
  [{ is: { year: [1985] } }, [1]],
  [{ is: { recordingdate: '1985' } }, [1]],
  [{ inTheRange: { date: ['1980-01', '1989'] } }, [1]],
  [{ is: { year: [1985, 1990, 2001] } }, [1, 2]],
  [{ isNot: { year: [1985, 2001] } }, [2, 3]],
  [{ is: { library_id: [1, 2] } }, [1, 2, 3]],
  [{ is: { genre: ['Rock', 'Pop'] } }, [1, 2]],
  [{ isNot: { genre: ['Rock', 'Pop'] } }, [3]],
  [{ is: { loved: ['true', false] } }, [1, 2, 3]],
  [{ contains: { playCount: 0 } }, [1, 2, 3]],
  [{ startsWith: { rating: 5 } }, []],
  [{ startsWith: { year: '19' } }, [1, 2]],
  [{ notContains: { bpm: 2 } }, [2]],
  [{ contains: { title: 9 } }, [2]],
  [{ gt: { loved: true } }, []],
  [{ gt: { compilation: false } }, [1]],
])('reads and evaluates %o as Navidrome does', (rule, ids) => {
  const queries = queriesOf(
    aMusicLibrary([
      { title: 'a', year: 1985, texts: { genre: ['Rock', 'Folk'], bpm: ['120'], compilation: ['1'] } },
      { title: 'b9', year: 1990, texts: { genre: ['Pop'], bpm: ['99.6'] } },
      { title: 'c', texts: { genre: ['Jazz'] } },
    ]),
  );
  const { playlist, findings } = readNsp(JSON.stringify({ all: [rule] }), fields, 'file');
  expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
  const where = whereOf(lower(playlist.rules, fields).rule, { fields, now: new Date() });
  const { tracks } = queries['playlists.select']({ selection: { where, order: orderOf({}, fields) }, most: 10 });
  expect(tracks.map(({ id }) => id).sort()).toEqual(ids);
});

it('throws for what would make Navidrome empty a playlist', () => {
  const options = { fields, now: new Date() };
  for (const rule of [is('nothing', 'is', 1), is('genre', 'inTheRange', [1, 2]), is('title', 'isMissing', true)]) {
    expect(() => whereOf(rule, options)).toThrow('empty the playlist');
  }
});
