import { expect, it } from 'vitest';
import { tempoColumns, yearColumns } from './scales';

const words = (columns: ReturnType<typeof yearColumns>) => columns.map(({ words, count }) => `${words} ${count}`);

it('shows a few years one by one, with those between that have no tracks', () => {
  expect(
    words(
      yearColumns([
        { year: 2001, count: 2 },
        { year: 2003, count: 1 },
      ]),
    ),
  ).toEqual(['2001 2', '2002 0', '2003 1']);
});

it('gathers years that reach far back into decades', () => {
  const years = [
    { year: 1969, count: 1 },
    { year: 1971, count: 2 },
    { year: 1979, count: 3 },
    { year: 2020, count: 4 },
  ];
  expect(words(yearColumns(years))).toEqual([
    '1960s 1',
    '1970s 5',
    '1980s 0',
    '1990s 0',
    '2000s 0',
    '2010s 0',
    '2020s 4',
  ]);
});

it('does not draw a thousand empty columns for one wrong year', () => {
  expect(
    words(
      yearColumns([
        { year: 1, count: 1 },
        { year: 2020, count: 4 },
      ]),
    ),
  ).toEqual(['0s 1', '2020s 4']);
});

it('shows tempos without gaps, and nothing where there are none', () => {
  const tempos = [
    { from: 60, to: 70, count: 5 },
    { from: 80, to: 90, count: 1 },
  ];
  expect(words(tempoColumns(tempos))).toEqual(['60 to 70 BPM 5', '70 to 80 BPM 0', '80 to 90 BPM 1']);
  expect(tempoColumns([])).toEqual([]);
  expect(yearColumns([])).toEqual([]);
});
