import { AppError } from '../../../rpc';
import type { Field, Fields } from '../fields';
import { type Condition, groupOf, type Operator, type Rule, type RuleValue } from '../rules/contract';
import { columnOf, isAbsent } from './columns';
import { fillSql, joinSql, type Sql, sql } from './sql';
import { valuesOf } from './tag-values';

export interface WhereOptions {
  readonly fields: Fields;
  /** What "the last thirty days" are counted from. */
  readonly now: Date;
}

/**
 * The tracks that a tree in Navidrome's words matches, in the SQL that Navidrome itself would ask: the same comparisons
 * of the same types, with what SQLite makes of them. Rules about what only Navidrome knows are left out; undefined when
 * nothing is left. Throws `invalid_input` for what Navidrome refuses, by which it would empty the playlist.
 */
export function whereOf(rule: Rule, options: WhereOptions): Sql | undefined {
  const group = groupOf(rule);
  if (!group) return conditionOf(rule as Condition, options);
  const parts = group.rules.map((each) => whereOf(each, options)).filter((part) => part !== undefined);
  if (parts.length === 0) return undefined;
  return inBalance(parts, group.kind === 'all' ? ' AND ' : ' OR ');
}

/** Halves in halves: SQLite takes no chain of more than a thousand links. */
function inBalance(parts: readonly Sql[], separator: string): Sql {
  if (parts.length <= MAX_CHAIN) return fillSql('(%)', joinSql(parts, separator));
  const half = Math.ceil(parts.length / 2);
  const halves = [parts.slice(0, half), parts.slice(half)].map((each) => inBalance(each, separator));
  return fillSql('(%)', joinSql(halves, separator));
}
const MAX_CHAIN = 100;

function conditionOf({ field: name, operator, value }: Condition, { fields, now }: WhereOptions): Sql | undefined {
  const field = fields.find(name);
  if (!field || field.kind === 'sort') throw refused(`Navidrome has no field "${name}" to ask for`);
  if (field.knowledge === 'elsewhere') return undefined;
  if (operator === 'isMissing' || operator === 'isPresent') {
    return presence(field, (operator === 'isPresent') === (value !== false));
  }
  return field.kind === 'column' ? onColumn(field, operator, value, now) : onValues(field, operator, value);
}

const NEGATIVE: ReadonlySet<Operator> = new Set(['isNot', 'notContains']);

/** Some value says it; where the operator is negative, none does. */
function onValues(field: Field, operator: Operator, value: RuleValue): Sql {
  const positive = operator === 'isNot' ? 'is' : operator === 'notContains' ? 'contains' : operator;
  const side = field.type === 'number' ? 'CAST(value AS REAL)' : 'value';
  const comparison = compare(side, positive, value);
  if (!comparison) throw refused(`Navidrome cannot ask ${field.name} for a range or a period`);
  const found = fillSql('EXISTS (SELECT 1 FROM (%) WHERE %)', valuesOf(field), comparison);
  return NEGATIVE.has(operator) ? fillSql('NOT %', found) : found;
}

function onColumn(field: Field, operator: Operator, value: RuleValue, now: Date): Sql {
  const column = columnOf(field);
  if (operator === 'inTheRange') {
    if (!Array.isArray(value) || value.length !== 2) throw refused('A range has two ends');
    return sql(`(${column} >= ? AND ${column} <= ?)`, bound(value[0]), bound(value[1]));
  }
  if (operator === 'inTheLast' || operator === 'notInTheLast') {
    const first = dayBefore(now, Number(value));
    if (operator === 'inTheLast') return sql(`${column} > ?`, first);
    return sql(`(${column} < ? OR ${column} IS NULL)`, first);
  }
  if (operator === 'notContains') return sql(`${column} NOT LIKE ?`, `%${value}%`);
  const comparison = compare(column, operator, value);
  if (!comparison) throw refused(`Navidrome cannot ask ${field.name} in this way`);
  return comparison;
}

function presence(field: Field, isPresent: boolean): Sql {
  if (field.kind !== 'column') return fillSql(`${isPresent ? '' : 'NOT '}EXISTS (%)`, valuesOf(field));
  if (!field.isNullable) throw refused(`Navidrome cannot ask whether ${field.name} is there`);
  return sql(isPresent ? `NOT ${isAbsent(field)}` : isAbsent(field));
}

function compare(side: string, operator: Operator, value: RuleValue): Sql | undefined {
  if (Array.isArray(value) && (operator === 'is' || operator === 'isNot')) {
    const places = value.map(() => '?').join(', ');
    return sql(`${side} ${operator === 'is' ? 'IN' : 'NOT IN'} (${places})`, ...value.map(bound));
  }
  const sign = SIGNS[operator];
  if (sign) return sql(`${side} ${sign} ?`, bound(value));
  const pattern = PATTERNS[operator];
  return pattern && sql(`${side} LIKE ?`, pattern(String(value)));
}

const SIGNS: Partial<Record<Operator, string>> = { is: '=', isNot: '<>', gt: '>', lt: '<', before: '<', after: '>' };
/** A percent sign or underscore in the text matches anything, as there. */
const PATTERNS: Partial<Record<Operator, (text: string) => string>> = {
  contains: (text) => `%${text}%`,
  startsWith: (text) => `${text}%`,
  endsWith: (text) => `%${text}`,
};

/** Truth is a number in SQLite. */
function bound(value: RuleValue): string | number {
  if (Array.isArray(value)) throw refused('A list is compared by no other operator');
  return typeof value === 'boolean' ? Number(value) : value;
}

/** The day in the time zone of this machine, as it is that of the server's in Navidrome. */
function dayBefore(now: Date, days: number): string {
  const day = new Date(now.getTime() - days * 86_400_000);
  const parts = [day.getFullYear(), day.getMonth() + 1, day.getDate()];
  return parts.map((part) => String(part).padStart(2, '0')).join('-');
}

function refused(problem: string): AppError {
  return new AppError('invalid_input', `${problem}: it would empty the playlist.`);
}
