import { expect, it } from 'vitest';
import { tagKeysOf } from '../../../library/moods';
import { createFields } from '../fields/registry';
import { parseQuery } from './parse';
import { writeQuery } from './write';

const fields = createFields(
  'nom',
  tagKeysOf(
    [
      { head: 'mood_happy', kind: 'softmax', labels: ['happy', 'non_happy'] },
      { head: 'danceability', kind: 'softmax', labels: ['danceable', 'not_danceable'] },
      { head: 'msd_tags', kind: 'sigmoid', labels: ['rock'] },
    ],
    { write_alias_keys: false },
  ),
);
const parse = (query: string) => parseQuery(query, fields);
const is = (field: string, value: string | number | boolean) => ({ field, operator: 'is', value });

it.each([
  ['nom:mood_happy is true', { all: [{ field: 'nom_happy', operator: 'gt', value: 0.5 }] }],
  ['nom:happy is not true', { all: [{ field: 'nom_happy', operator: 'lte', value: 0.5 }] }],
  ['nom:happy = false', { all: [{ field: 'nom_happy', operator: 'lte', value: 0.5 }] }],
  ['tag:happy >= .7', { all: [{ field: 'nom_happy', operator: 'gte', value: 0.7 }] }],
  ['artist = Daft Punk', { all: [is('artist', 'Daft Punk')] }],
  ["artist is 'The \\'Band\\''", { all: [is('artist', "The 'Band'")] }],
  [
    'artist != "P!nk" and title contains P!nk',
    {
      all: [
        { field: 'artist', operator: 'isNot', value: 'P!nk' },
        { field: 'title', operator: 'contains', value: 'P!nk' },
      ],
    },
  ],
  ['year in [1990, 1999]', { all: [{ field: 'year', operator: 'inTheRange', value: [1990, 1999] }] }],
  ['year in range [1990,1999]', { all: [{ field: 'year', operator: 'inTheRange', value: [1990, 1999] }] }],
  [
    'nom:happy in [0.2, 0.4]',
    {
      all: [
        { field: 'nom_happy', operator: 'gte', value: 0.2 },
        { field: 'nom_happy', operator: 'lte', value: 0.4 },
      ],
    },
  ],
  ['genre in [Rock, "Hip Hop"]', { any: [is('genre', 'Rock'), is('genre', 'Hip Hop')] }],
  ['genre not in [Rock]', { none: [{ any: [is('genre', 'Rock')] }] }],
  ['lastplayed not in last 30 days', { all: [{ field: 'lastplayed', operator: 'notInTheLast', value: 30 }] }],
  ['dateadded > 2024-01-31', { all: [{ field: 'dateadded', operator: 'after', value: '2024-01-31' }] }],
  ['nom:genre exists', { all: [{ field: 'nom_genre', operator: 'isPresent', value: true }] }],
  ['nom:mood not exists', { all: [{ field: 'nom_mood_regular', operator: 'isMissing', value: true }] }],
  ['compilation is true', { all: [is('compilation', true)] }],
  [
    'title starts with A or title ends with "z"',
    {
      any: [
        { field: 'title', operator: 'startsWith', value: 'A' },
        { field: 'title', operator: 'endsWith', value: 'z' },
      ],
    },
  ],
  ['title not starts with A', { none: [{ field: 'title', operator: 'startsWith', value: 'A' }] }],
  ['playlist is abc', { all: [{ field: 'playlist', operator: 'inPlaylist', value: 'abc' }] }],
  ['genre = a OR genre = b AND genre = c', { any: [is('genre', 'a'), { all: [is('genre', 'b'), is('genre', 'c')] }] }],
  [
    '(genre = a OR genre = b) AND NOT genre = c',
    {
      all: [{ any: [is('genre', 'a'), is('genre', 'b')] }, { none: [is('genre', 'c')] }],
    },
  ],
])('reads %s', (query, tree) => {
  expect(parse(query)).toEqual(tree);
});

it.each([
  ['', 'it is empty', 0],
  ['nom:nothing > 1', 'there is no field "nom:nothing"', 0],
  ['artist', 'expected an operator', 6],
  ['artist =', 'expected a text', 8],
  ['nom:happy > loud', 'expected a number, but "loud" stands there', 12],
  ['nom:happy = 3 extra', 'expected AND, OR or the end', 14],
  ['nom:happy contains 3', 'nom_happy is a number, which cannot be compared', 10],
  ['nom:mood is true', 'nom_mood_regular holds words', 12],
  ['year = 1990 year = 1991', 'expected AND, OR or the end, but "year" stands there', 12],
  ['(year = 1990', 'expected ")"', 12],
  ['year in [1990]', 'exactly two values', 14],
  ['title = "open', 'a quote is opened and never closed', 8],
  ['dateadded > soon', 'a date such as 2024-12-31', 12],
  ['artist in last 3', 'artist is text, which cannot be compared in this way', 7],
  ['lastplayed in last few', 'a number of days', 19],
  ['AND year = 1990', 'there is no field "AND"', 0],
  ['year ! 1990', '"!" stands there', 5],
  [`${'('.repeat(9)}year = 1${')'.repeat(9)}`, 'nested deeper than 8', 8],
  [`title = "${'x'.repeat(4100)}"`, 'longer than 4096', 4096],
])('refuses %s with the place and what was expected', (query, problem, position) => {
  let thrown: unknown;
  try {
    parse(query);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toMatchObject({ code: 'invalid_input', details: [{ position }] });
  const { message } = thrown as Error;
  expect(message.startsWith('Invalid query: ')).toBe(true);
  expect(message).toContain(problem);
  expect(message).toContain(`at character ${position + 1}`);
});

it.each([
  'nom:happy > 0.6 AND (genre = "Rock" OR genre = "Jazz") AND NOT artist contains "x"',
  'year in [1990, 1999] AND nom:mood-strict exists',
  'NOT (title starts with "A" OR title ends with "\\"") OR lastplayed not in last 30',
  'dateadded after 2024-01-01 AND compilation = false AND playlist not in playlist "abc"',
])('writes and reads %s without a change', (query) => {
  expect(writeQuery(parse(query), fields)).toBe(query);
});

it('writes a list as the comparisons that it stands for, and has no words for a number searched for a text', () => {
  const write = (operator: 'is' | 'isNot' | 'contains', value: number | number[]) =>
    writeQuery(
      {
        all: [
          { field: 'year', operator, value },
          { field: 'title', operator: 'is', value: 'x' },
        ],
      },
      fields,
    );
  expect(write('is', [1985, 1990])).toBe('(year = 1985 OR year = 1990) AND title = "x"');
  expect(write('isNot', [1985, 1990])).toBe('(year != 1985 AND year != 1990) AND title = "x"');
  expect(write('is', [1985])).toBe('year = 1985 AND title = "x"');
  expect(write('contains', 19)).toBeNull();
});
