import { AppError } from '../../../rpc';
import type { Field, Fields } from '../fields';
import { isComparedAnyway, isPartialDate, operatorsOf } from '../fields';
import {
  booleanOf,
  type Condition,
  type Criteria,
  type Finding,
  groupOf,
  type Operator,
  type Rule,
  type RuleValue,
} from '../rules/contract';
import { lower } from './lower';

const MAX_LEVELS = 8;
/** More are asked in batches by newer versions. */
const MAX_RULES = 300;

/** Everything that is wrong or doubtful with a smart playlist, each with the rule that is meant. */
export function validate(criteria: Criteria, fields: Fields): Finding[] {
  const findings = rulesOf(criteria.rules, { path: [], fields });
  return [...findings, ...lower(criteria.rules, fields).findings, ...orderFindings(criteria, fields)];
}

/** Throws `invalid_input` with the first error of a playlist; all of them are its details. */
export function refuseErrors(findings: readonly Finding[]): void {
  const errors = findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new AppError('invalid_input', errors[0].message, { details: errors });
}

interface RulePlace {
  readonly path: number[];
  readonly fields: Fields;
}

function rulesOf(rule: Rule, place: RulePlace): Finding[] {
  const group = groupOf(rule);
  if (!group) return conditionFindings(rule as Condition, place);
  const found: Finding[] = [];
  if (group.rules.length === 0)
    found.push(error('empty_group', 'A group needs a rule; Navidrome refuses an empty one.', place));
  if (place.path.length >= MAX_LEVELS) {
    return [error('too_deep', `Groups can be nested ${MAX_LEVELS} levels deep.`, place)];
  }
  if (group.rules.length > MAX_RULES) {
    const message = `Older versions of Navidrome give up on a group of more than ${MAX_RULES} rules.`;
    found.push(warning('too_many_rules', message, place));
  }
  return [...found, ...group.rules.flatMap((child, i) => rulesOf(child, { ...place, path: [...place.path, i] }))];
}

function conditionFindings(condition: Condition, place: RulePlace): Finding[] {
  const field = place.fields.find(condition.field);
  const isPlaylist = condition.operator === 'inPlaylist' || condition.operator === 'notInPlaylist';
  if (isPlaylist && field?.kind !== 'playlist') {
    const message = `Navidrome knows a playlist by its "id", and finds none by "${condition.field}".`;
    return [error('playlist_without_id', message, place)];
  }
  if (!field || field.kind === 'sort') return [unknownField(condition.field, place)];
  const found = operatorFindings(condition, field, place);
  if (found.length > 0) return found;
  return [...valueFindings(condition, field, place), ...doubts(condition, field, place)];
}

function unknownField(name: string, place: RulePlace): Finding {
  const meant = place.fields.resolve(name) ?? place.fields.resolve(name.replace(/:/g, '_'));
  const hint = meant && meant.name !== name ? ` It is called ${meant.name} there.` : '';
  return error('unknown_field', `Navidrome has no field "${name}", and would empty the playlist.${hint}`, place);
}

function operatorFindings({ operator }: Condition, field: Field, place: RulePlace): Finding[] {
  if (operatorsOf(field).includes(operator) || isComparedAnyway(field, operator)) return [];
  if (operator === 'isMissing' || operator === 'isPresent') {
    return [
      error(
        'not_nullable',
        `Navidrome cannot tell whether ${field.name} is there, and would empty the playlist.`,
        place,
      ),
    ];
  }
  if (field.kind !== 'column' && ['inTheRange', 'inTheLast', 'notInTheLast'].includes(operator)) {
    const advice = field.type === 'number' ? ' Use two rules, one above and one below, in a group of all.' : '';
    return [
      error(
        'range_on_tag',
        `Navidrome knows no ranges or periods of ${field.name}, and would empty the playlist.${advice}`,
        place,
      ),
    ];
  }
  const isCompared = ['gt', 'gte', 'lt', 'lte', 'before', 'after'].includes(operator);
  if (isCompared && field.kind !== 'column' && field.type === 'text') {
    const message = `${field.name} is text: "greater" is true of every track that has it, and "less" of none.`;
    return [error('text_compared', message, place)];
  }
  return [error('wrong_operator', `${field.name} is ${KINDS[field.type]}; "${operator}" does not fit it.`, place)];
}
const KINDS = { text: 'text', number: 'a number', date: 'a date', boolean: 'true or false' } as const;

function valueFindings({ operator, value }: Condition, field: Field, place: RulePlace): Finding[] {
  if (operator === 'isMissing' || operator === 'isPresent') {
    return booleanOf(value) !== undefined
      ? []
      : [error('wrong_type', 'Whether a field is there is true or false, without quotes.', place)];
  }
  if (operator === 'inTheLast' || operator === 'notInTheLast') {
    const isDays = typeof value === 'number' && Number.isInteger(value) && value >= 0;
    return isDays ? [] : [error('wrong_days', 'The period is a whole number of days, 0 or more.', place)];
  }
  if (operator === 'inTheRange') {
    if (!Array.isArray(value) || value.length !== 2)
      return [error('wrong_range', 'A range is a list of exactly two values.', place)];
    const found = value.flatMap((end) => typeFindings(end, field, place)).slice(0, 1);
    return found.length === 0 && value[0] > value[1]
      ? [warning('empty_range', 'The range ends before it begins, and holds no track.', place)]
      : found;
  }
  if (Array.isArray(value)) {
    if (operator === 'is' || operator === 'isNot') {
      return value.flatMap((each) => typeFindings(each, field, place)).slice(0, 1);
    }
    return [error('wrong_type', 'Only a range is a list, and what a field is or is not.', place)];
  }
  if (isLike(operator) && typeof value === 'number') return [];
  return isLike(operator) && typeof value === 'string'
    ? textFindings(value, field, place)
    : typeFindings(value, field, place);
}

function typeFindings(value: Exclude<RuleValue, unknown[]>, field: Field, place: RulePlace): Finding[] {
  switch (field.type) {
    case 'number':
      return typeof value === 'number' ? [] : [wrongNumber(value, field, place)];
    case 'boolean':
      return booleanOf(value) !== undefined
        ? []
        : [error('wrong_type', `${field.name} is true or false, without quotes.`, place)];
    case 'date':
      return isDate(value) || (isPartialDate(field) && isYearOrMonth(value))
        ? []
        : [error('wrong_date', `${field.name} is compared with a date such as "2024-12-31".`, place)];
    case 'text':
      return typeof value === 'string' ? textFindings(value, field, place) : [wrongText(value, field, place)];
    default:
      return field.type satisfies never;
  }
}

function wrongNumber(value: string | boolean, field: Field, place: RulePlace): Finding {
  if (typeof value === 'boolean') {
    const message = `${field.name} is a number and never true or false: no track matches. Ask for more than 0.5 instead.`;
    return error('boolean_on_tag', message, place);
  }
  return error('quoted_number', `${field.name} is a number: leave the quotes away.`, place);
}

function wrongText(value: number | boolean, field: Field, place: RulePlace): Finding {
  if (typeof value === 'boolean') {
    const message = `${field.name} holds words and is never true or false: no track matches. Compare with one of its words.`;
    return error('boolean_on_tag', message, place);
  }
  const message = `${field.name} is text, and never equals a number: no track matches. Put the value into quotes.`;
  return error('number_on_text', message, place);
}

function textFindings(value: string, field: Field, place: RulePlace): Finding[] {
  return value === '' ? [error('empty_text', `Say what ${field.name} is compared with.`, place)] : [];
}

function isDate(value: unknown): boolean {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(value);
}

const isYearOrMonth = (value: unknown): boolean =>
  /^\d{4}(-(0[1-9]|1[0-2]))?$/.test(String(value)) && typeof value === 'string';

/** What is allowed, but often meant otherwise. */
function doubts({ operator, value }: Condition, field: Field, place: RulePlace): Finding[] {
  const found: Finding[] = [];
  if (isLike(operator) && typeof value === 'string' && /[%_]/.test(value)) {
    found.push(
      warning('wildcard', 'In a text that is searched for, % stands for any letters and _ for any one letter.', place),
    );
  }
  if (isComparedAnyway(field, operator)) {
    const message =
      field.type === 'number'
        ? `${field.name} is a number: Navidrome looks for the text in its digits.`
        : `${field.name} is true or false: Navidrome takes true for more than false.`;
    found.push(warning('unusual_operator', message, place));
  }
  if (field.name === 'filepath' && typeof value === 'string' && /^([\\/]|[a-z]:)/i.test(value)) {
    found.push(warning('absolute_path', 'Paths begin inside the library: without a slash, and without /music.', place));
  }
  if (field.own && field.type === 'number' && typeof value === 'number' && isOutOfScale(field, value)) {
    found.push(warning('out_of_scale', `${field.name} runs from 0 to 1.`, place));
  }
  if (field.since) found.push(warning('newer_navidrome', `Navidrome knows ${field.name} since ${field.since}.`, place));
  return found;
}

function isLike(operator: Operator): boolean {
  return ['contains', 'notContains', 'startsWith', 'endsWith'].includes(operator);
}

function isOutOfScale({ own }: Field, value: number): boolean {
  return own?.source.from === 'scores' && (value < 0 || value > 1);
}

function orderFindings({ rules: _, sort, limit, limitPercent, offset }: Criteria, fields: Fields): Finding[] {
  const place = { path: [], fields };
  const names = (sort ?? '').split(',').map((name) => name.trim().replace(/^[+-]\s*/, ''));
  const unknown = sort ? names.filter((name) => name !== '' && !fields.find(name)) : [];
  return [
    ...unknown.map((name) =>
      warning('unknown_sort', `Navidrome has no field "${name}" to sort by, and passes it over.`, place),
    ),
    ...(offset !== undefined && limit === undefined && limitPercent === undefined
      ? [warning('offset_alone', 'Tracks are passed over only where the number of tracks is limited.', place)]
      : []),
    ...(limit !== undefined && limitPercent !== undefined
      ? [warning('two_limits', 'The number of tracks wins over the percentage.', place)]
      : []),
  ];
}

function error(code: string, message: string, { path }: RulePlace): Finding {
  return { code, severity: 'error', message, path };
}

function warning(code: string, message: string, { path }: RulePlace): Finding {
  return { code, severity: 'warning', message, path };
}
