import { expect, it } from 'vitest';
import type { FieldView } from '../../src-main/discovery/playlists/contract';
import type { Group } from '../../src-main/discovery/playlists/rules/contract';
import { addTo, conditionOn, replaceAt, withOperator } from './tree';

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
  expect(withOperator(condition, year, 'inTheRange').value).toEqual([0, 1]);
});
