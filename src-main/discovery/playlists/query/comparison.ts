import type { Field, Fields } from '../fields';
import { isPartialDate, operatorsOf } from '../fields';
import type { Condition, Operator, Rule, RuleValue } from '../rules/contract';
import type { TokenStream } from './token-stream';
import { invalidQuery } from './tokens';

/** Above this a score says yes: what `is true` comes to. */
const YES = 0.5;

const SIGNS: Readonly<Record<string, Operator>> = {
  '=': 'is',
  '==': 'is',
  '!=': 'isNot',
  '<>': 'isNot',
  '>': 'gt',
  '<': 'lt',
  '>=': 'gte',
  '<=': 'lte',
};

/** The longest first. */
const WORDS: readonly (readonly [string, Operator])[] = [
  ['not in playlist', 'notInPlaylist'],
  ['not in range', 'inTheRange'],
  ['not starts with', 'startsWith'],
  ['not ends with', 'endsWith'],
  ['not in last', 'notInTheLast'],
  ['not contains', 'notContains'],
  ['not exists', 'isMissing'],
  ['notcontains', 'notContains'],
  ['starts with', 'startsWith'],
  ['startswith', 'startsWith'],
  ['ends with', 'endsWith'],
  ['endswith', 'endsWith'],
  ['contains', 'contains'],
  ['in playlist', 'inPlaylist'],
  ['in range', 'inTheRange'],
  ['in last', 'inTheLast'],
  ['is not', 'isNot'],
  ['exists', 'isPresent'],
  ['before', 'before'],
  ['after', 'after'],
  ['is', 'is'],
];
/** Those that have no opposite of their own in a rule. */
const TURNED = new Set(['not in range', 'not starts with', 'not ends with']);
const OPERATORS =
  'an operator: = != > >= < <=, is, is not, contains, not contains, starts with, ends with, in, in last, before, after or exists';

/** `field operator value`, by the type of the field. */
export function parseComparison(tokens: TokenStream, fields: Fields): Rule {
  const name = tokens.peek();
  if (name.kind !== 'word' && name.kind !== 'text') throw tokens.expected('a field, NOT or "("');
  tokens.take();
  const field = fields.resolve(name.value);
  if (!field || field.kind === 'sort') throw invalidQuery(`there is no field "${name.value}"`, name.at, 'a field');
  const at = tokens.peek().at;
  const found = takeOperator(tokens);
  if (found === 'in') return oneOf(field, tokens);
  if (found === 'not in') return { none: [oneOf(field, tokens)] };
  const { operator, isTurned } = found;
  const rule = conditionOf(field, fittingFor(field, operator, at), tokens);
  return isTurned ? { none: [rule] } : rule;
}

function takeOperator(tokens: TokenStream): 'in' | 'not in' | { operator: Operator; isTurned: boolean } {
  const sign = tokens.takeSign(...Object.keys(SIGNS));
  if (sign) return { operator: SIGNS[sign], isTurned: false };
  const words = WORDS.find(([words]) => tokens.takeWords(...words.split(' ')));
  if (words) return { operator: words[1], isTurned: TURNED.has(words[0]) };
  if (tokens.takeWords('in')) return 'in';
  if (tokens.takeWords('not', 'in')) return 'not in';
  throw tokens.expected(OPERATORS);
}

/** The same operator in the words of the field's type: earlier and later for dates, membership for playlists. */
function fittingFor(field: Field, operator: Operator, at: number): Operator {
  const fitting =
    (DATES[operator] && field.type === 'date' ? DATES[operator] : undefined) ??
    (field.kind === 'playlist' ? PLAYLISTS[operator] : undefined) ??
    operator;
  // A range on a number of ours becomes two comparisons.
  const isRange = fitting === 'inTheRange' && field.type === 'number' && field.isSingle;
  if (!isRange && !operatorsOf(field).includes(fitting)) {
    throw invalidQuery(`${field.name} is ${KINDS[field.type]}, which cannot be compared in this way`, at);
  }
  return fitting;
}
const DATES: Partial<Record<Operator, Operator>> = { gt: 'after', lt: 'before' };
const PLAYLISTS: Partial<Record<Operator, Operator>> = { is: 'inPlaylist', isNot: 'notInPlaylist' };
const KINDS = { text: 'text', number: 'a number', date: 'a date', boolean: 'true or false' } as const;

function conditionOf(field: Field, operator: Operator, tokens: TokenStream): Rule {
  const condition = (value: RuleValue): Condition => ({ field: field.name, operator, value });
  if (operator === 'isPresent' || operator === 'isMissing') return condition(true);
  if (operator === 'inTheRange') return rangeOf(field, takeList(field, tokens), tokens);
  if (operator === 'inTheLast' || operator === 'notInTheLast') return condition(takeDays(tokens));
  if (field.kind === 'tag' && (operator === 'is' || operator === 'isNot') && tokens.isWordAhead('true', 'false')) {
    return threshold(field, operator, tokens);
  }
  return condition(takeValue(field, tokens));
}

/** `is true` of a score means that it is above the middle; of a tag with words it means nothing. */
function threshold(field: Field, operator: Operator, tokens: TokenStream): Rule {
  const { value, at } = tokens.take();
  if (field.type !== 'number') {
    throw invalidQuery(`${field.name} holds words and is never true or false; compare with one of its words`, at);
  }
  const isYes = (value.toLowerCase() === 'true') === (operator === 'is');
  return { field: field.name, operator: isYes ? 'gt' : 'lte', value: YES };
}

/** `in [a, b]`: between two numbers or dates, one of several words. */
function oneOf(field: Field, tokens: TokenStream): Rule {
  const { at } = tokens.peek();
  const values = takeList(field, tokens);
  if (field.type === 'number' || field.type === 'date') return rangeOf(field, values, tokens);
  if (field.type === 'boolean') throw invalidQuery(`${field.name} is true or false and has no range`, at);
  return { any: values.map((value) => ({ field: field.name, operator: 'is', value })) };
}

function rangeOf(field: Field, values: readonly Scalar[], tokens: TokenStream): Rule {
  const [low, high] = values;
  if (values.length !== 2) throw tokens.expected('exactly two values in the range');
  if (field.kind === 'column') return { field: field.name, operator: 'inTheRange', value: [low, high] };
  return {
    all: [
      { field: field.name, operator: 'gte', value: low },
      { field: field.name, operator: 'lte', value: high },
    ],
  };
}

type Scalar = string | number | boolean;

function takeList(field: Field, tokens: TokenStream): Scalar[] {
  if (!tokens.takeSign('[')) throw tokens.expected('"["');
  const values = [takeValue(field, tokens)];
  while (tokens.takeSign(',')) values.push(takeValue(field, tokens));
  if (!tokens.takeSign(']')) throw tokens.expected('"," or "]"');
  return values;
}

function takeDays(tokens: TokenStream): number {
  const days = tokens.peek();
  if (!/^\d{1,5}$/.test(days.value)) throw tokens.expected('a number of days');
  tokens.take();
  if (!tokens.takeWords('days')) tokens.takeWords('day');
  return Number(days.value);
}

function takeValue(field: Field, tokens: TokenStream): Scalar {
  const token = tokens.peek();
  if (token.kind !== 'word' && token.kind !== 'text') throw tokens.expected(VALUES[field.type]);
  if (field.type === 'text') return takeText(tokens);
  const lower = token.value.toLowerCase();
  const fits = (isPartialDate(field) ? PARTIAL_DATE : FITS[field.type]).test(lower);
  if (!fits) throw tokens.expected(VALUES[field.type]);
  tokens.take();
  return field.type === 'number' ? Number(lower) : field.type === 'boolean' ? lower === 'true' : lower;
}
const VALUES = {
  text: 'a text',
  number: 'a number',
  date: 'a date such as 2024-12-31',
  boolean: 'true or false',
} as const;
const FITS = {
  number: /^[+-]?(\d+(\.\d*)?|\.\d+)$/,
  date: /^\d{4}-\d\d-\d\d$/,
  boolean: /^(true|false)$/,
} as const;

const PARTIAL_DATE = /^\d{4}(-\d\d(-\d\d)?)?$/;

/** One quoted text, or words up to the next AND or OR. */
function takeText(tokens: TokenStream): string {
  if (tokens.peek().kind === 'text') return tokens.take().value;
  const words: string[] = [];
  while (tokens.peek().kind === 'word' && !tokens.isWordAhead('and', 'or')) words.push(tokens.take().value);
  if (words.length === 0) throw tokens.expected('a text; AND and OR have to be quoted');
  return words.join(' ');
}
