import { expect, it } from 'vitest';
import type { FieldView } from '../../src-main/discovery/playlists/contract';
import type { Group } from '../../src-main/discovery/playlists/rules/contract';
import { addTo, conditionOn, replaceAt, withField, withOperator } from './tree';

const is = (value: string) => ({ field: 'genre', operator: 'is' as const, value });
const tree: Group = { all: [is('a'), { any: [is('b'), is('c')] }] };

it('replaces, removes and adds rules at any depth, and leaves the rest as it is', () => {
  expect(replaceAt(tree, [1, 0], is('x'))).toEqual({ all: [is('a'), { any: [is('x'), is('c')] }] });
  expect(replaceAt(tree, [1], null)).toEqual({ all: [is('a')] });
  expect(replaceAt(tree, [], { none: [is('y')] })).toEqual({ none: [is('y')] });
  expect(addTo(tree, [1], is('d'))).toEqual({ all: [is('a'), { any: [is('b'), is('c'), is('d')] }] });
  expect(addTo(tree, [], is('d'))).toEqual({ all: [...(tree as { all: unknown[] }).all, is('d')] });
});

it('gives a value that fits the operator, and keeps the one that is there where it still fits', () => {
  const field = {
    name: 'year',
    type: 'number',
    group: 'number',
    operators: ['is', 'gt', 'inTheRange'],
    suggestions: [],
  };
  const year = field as unknown as FieldView;
  const condition = { ...conditionOn(year), value: 1999 };
  expect(condition.operator).toBe('gt');
  expect(withOperator(condition, year, 'is').value).toBe(1999);
  expect(withOperator(condition, year, 'inTheRange').value).toEqual([1990, 1999]);
});

it('begins anew on a field of another kind, with a value that is usual there', () => {
  const aField = (name: string, given: object = {}) =>
    ({
      name,
      type: 'number',
      group: 'heard',
      operators: ['gt', 'is'],
      suggestions: [],
      ...given,
    }) as unknown as FieldView;
  const happy = aField('nom_happy');
  const condition = conditionOn(happy);
  expect(condition).toEqual({ field: 'nom_happy', operator: 'gt', value: 0.5 });
  expect(withField(condition, happy, aField('nom_bpm'))).toEqual({ field: 'nom_bpm', operator: 'gt', value: 120 });
  expect(withField(condition, happy, aField('nom_loudness')).value).toBe(-14);
  const text = { type: 'text', group: 'text', operators: ['is', 'contains'] };
  const title = aField('title', text);
  expect(withField(condition, happy, title)).toEqual({ field: 'title', operator: 'is', value: '' });
  const named = { field: 'title', operator: 'contains' as const, value: 'boat' };
  expect(withField(named, title, aField('album', text))).toEqual({ ...named, field: 'album' });
});

it('keeps a list of values for what is and what is not, and takes its first for what has one', () => {
  const genre = {
    name: 'genre',
    type: 'text',
    group: 'tag',
    operators: ['is', 'isNot', 'contains'],
    suggestions: [],
  } as unknown as FieldView;
  const several = { field: 'genre', operator: 'is' as const, value: ['Rock', 'Pop'] };
  expect(withOperator(several, genre, 'isNot').value).toEqual(['Rock', 'Pop']);
  expect(withOperator(several, genre, 'contains').value).toBe('');
});
