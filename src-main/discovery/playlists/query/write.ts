import { type Fields, isComparedAnyway } from '../fields';
import { type Condition, groupOf, type Operator, type Rule, type RuleValue } from '../rules/contract';

const WORDS: Readonly<Record<Operator, string>> = {
  is: '=',
  isNot: '!=',
  gt: '>',
  gte: '>=',
  lt: '<',
  lte: '<=',
  before: 'before',
  after: 'after',
  contains: 'contains',
  notContains: 'not contains',
  startsWith: 'starts with',
  endsWith: 'ends with',
  inTheRange: 'in',
  inTheLast: 'in last',
  notInTheLast: 'not in last',
  inPlaylist: 'in playlist',
  notInPlaylist: 'not in playlist',
  isMissing: 'not exists',
  isPresent: 'exists',
};

/**
 * The query that says what a tree of rules says; null when it holds what there are no words for: an empty group, or a
 * number that is searched for a text.
 */
export function writeQuery(rule: Rule, fields: Fields): string | null {
  const group = groupOf(rule);
  if (!group) return writeCondition(rule as Condition, fields);
  const parts = group.rules.map((each) => {
    const text = writeQuery(each, fields);
    return text !== null && (groupOf(each)?.rules.length ?? 0) > 1 && !('none' in each) ? `(${text})` : text;
  });
  if (parts.length === 0 || parts.includes(null)) return null;
  if (group.kind !== 'none') return parts.join(group.kind === 'all' ? ' AND ' : ' OR ');
  return parts.length === 1 ? `NOT ${parts[0]}` : `NOT (${parts.join(' OR ')})`;
}

function writeCondition(condition: Condition, fields: Fields): string | null {
  const { field, operator, value } = condition;
  const known = fields.find(field);
  if (known && isComparedAnyway(known, operator)) return null;
  if (Array.isArray(value) && operator !== 'inTheRange') {
    const each = value.map((one) => writeCondition({ ...condition, value: one }, fields));
    return each.length === 1 ? each[0] : `(${each.join(operator === 'isNot' ? ' AND ' : ' OR ')})`;
  }
  const own = known?.own;
  const name = own ? quoteName(`${fields.namespace}:${own.key}`) : field;
  if (operator === 'isMissing' || operator === 'isPresent') {
    return `${name} ${WORDS[(operator === 'isPresent') === Boolean(value) ? 'isPresent' : 'isMissing']}`;
  }
  return `${name} ${WORDS[operator]} ${writeValue(value)}`;
}

const quoteName = (name: string): string => (/^[\w:-]+$/.test(name) ? name : quoted(name));

function writeValue(value: RuleValue): string {
  if (Array.isArray(value)) return `[${value.map(writeValue).join(', ')}]`;
  return typeof value === 'string' && !/^\d{4}-\d\d-\d\d$/.test(value) ? quoted(value) : String(value);
}

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;
