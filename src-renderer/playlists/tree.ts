import type { FieldView } from '../../src-main/discovery/playlists/contract';
import {
  type Condition,
  type Group,
  groupOf,
  groupWith,
  type Operator,
  type Rule,
  type RuleValue,
} from '../../src-main/discovery/playlists/rules/contract';

/** A rule's place: in the outermost group, then in the group inside, and so on. */
export type Path = readonly number[];

/** The tree with what stands at a place replaced; null takes it away. */
export function replaceAt(tree: Group, path: Path, replacement: Rule | null): Group {
  if (path.length === 0) return replacement && groupOf(replacement) ? (replacement as Group) : tree;
  const [index, ...rest] = path;
  const { kind, rules } = groupOf(tree)!;
  if (rest.length === 0) return groupWith(kind, rules.toSpliced(index, 1, ...(replacement ? [replacement] : [])));
  return groupWith(kind, rules.with(index, replaceAt(rules[index] as Group, rest, replacement)));
}

/** The tree with a rule added at the end of the group at a place. */
export function addTo(tree: Group, path: Path, rule: Rule): Group {
  const { kind, rules } = groupOf(at(tree, path))!;
  return replaceAt(tree, path, groupWith(kind, [...rules, rule]));
}

function at(tree: Rule, path: Path): Rule {
  return path.reduce((rule, index) => groupOf(rule)!.rules[index], tree);
}

/** The rule that a person begins with: a score of ours, or the year where there is none. */
export function firstCondition(fields: readonly FieldView[]): Condition {
  const field = fields.find(({ type }) => type === 'number') ?? fields[0];
  return conditionOn(field);
}

/** A condition on a field to begin with. */
export function conditionOn(field: FieldView): Condition {
  const operator = field.operators.includes('gt') ? 'gt' : field.operators[0];
  return { field: field.name, operator, value: valueFor(field, operator) };
}

/** The condition on another field: what was compared stays where it means the same there, and else begins anew. */
export function withField(condition: Condition, before: FieldView | undefined, field: FieldView): Condition {
  const { operator, value } = condition;
  const isAlike =
    before !== undefined &&
    before.type === 'text' &&
    field.type === 'text' &&
    before.group !== 'playlist' &&
    field.group !== 'playlist' &&
    field.suggestions.length === 0 &&
    field.operators.includes(operator);
  return isAlike ? { field: field.name, operator, value } : conditionOn(field);
}

/** The condition with another operator; its value stays where it still fits. */
export function withOperator(condition: Condition, field: FieldView, operator: Operator): Condition {
  const takesList = (each: Operator) => each === 'is' || each === 'isNot';
  const isAlike =
    formOf(field, condition.operator) === formOf(field, operator) &&
    (!Array.isArray(condition.value) || formOf(field, operator) === 'range' || takesList(operator));
  return { ...condition, operator, value: isAlike ? condition.value : valueFor(field, operator) };
}

export type ValueForm = 'none' | 'range' | 'days' | 'number' | 'date' | 'boolean' | 'text' | 'playlist';

/** What a person gives for the value. */
export function formOf(field: FieldView, operator: Operator): ValueForm {
  if (operator === 'isMissing' || operator === 'isPresent') return 'none';
  if (operator === 'inTheRange') return 'range';
  if (operator === 'inTheLast' || operator === 'notInTheLast') return 'days';
  return field.group === 'playlist' ? 'playlist' : field.type;
}

/** What numbers of a field are like, where they are not scores: one to begin with, and a range. */
const USUAL: readonly (readonly [name: RegExp, value: number, range: readonly [number, number]])[] = [
  [/(^|_)bpm$/, 120, [100, 130]],
  [/loudness$/, -14, [-16, -10]],
  [/year$/, 2000, [1990, 1999]],
  [/^duration$/, 240, [120, 300]],
  [/^bitrate$/, 256, [192, 320]],
  [/^samplerate$/, 44_100, [44_100, 96_000]],
  [/rating$/, 3, [3, 5]],
  [/^size$/, 10_000_000, [1_000_000, 50_000_000]],
];

function usualOf({ name, group }: FieldView): { value: number; range: [number, number] } {
  const found = USUAL.find(([pattern]) => pattern.test(name.toLowerCase()));
  if (found) return { value: found[1], range: [...found[2]] };
  return group === 'heard' ? { value: 0.5, range: [0, 1] } : { value: 0, range: [0, 10] };
}

function valueFor(field: FieldView, operator: Operator): RuleValue {
  const form = formOf(field, operator);
  if (form === 'none' || form === 'boolean') return true;
  if (form === 'range') return field.type === 'date' ? [today(), today()] : usualOf(field).range;
  if (form === 'days') return 30;
  if (form === 'number') return usualOf(field).value;
  return form === 'date' ? today() : (field.suggestions[0] ?? '');
}

const today = (): string => new Date().toISOString().slice(0, 10);
