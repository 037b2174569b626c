import type { Field, Fields } from '../fields';
import {
  type Condition,
  type Finding,
  type Group,
  groupOf,
  groupWith,
  type Operator,
  type Rule,
} from '../rules/contract';
import { withTruth } from './truth';

/** A tree in the words of Navidrome alone: `all` and `any`, and none of our two operators. */
export interface Lowered {
  readonly rule: Group;
  /** Rules that cannot be said in those words, with their places in the tree they came from. */
  readonly findings: readonly Finding[];
}

/** Every operator whose opposite is an operator. */
const OPPOSITES: Partial<Record<Operator, Operator>> = {
  is: 'isNot',
  isNot: 'is',
  contains: 'notContains',
  notContains: 'contains',
  inTheLast: 'notInTheLast',
  notInTheLast: 'inTheLast',
  inPlaylist: 'notInPlaylist',
  notInPlaylist: 'inPlaylist',
  isMissing: 'isPresent',
  isPresent: 'isMissing',
};

/** What a comparison comes to when it is not true of a value that is there. */
const COUNTERPARTS: Partial<Record<Operator, Operator>> = {
  gt: 'lte',
  gte: 'lt',
  lt: 'gte',
  lte: 'gt',
  after: 'before',
  before: 'after',
};

/**
 * Puts a tree into Navidrome's words: `gte` becomes `any[gt, is]`, and `none` is pushed down to the conditions by the
 * laws of De Morgan. A condition that has no exact opposite there is a finding, and left out.
 */
export function lower(rule: Group, fields: Fields): Lowered {
  const findings: Finding[] = [];
  const [only] = lowerRule(rule, { isNegated: false, path: [], fields, findings });
  const children = (only && groupOf(only)?.rules) ?? [];
  const [child] = children;
  // A group in which nothing stands but a group says what that one says.
  const outermost = children.length === 1 && groupOf(child) ? child : only;
  return { rule: (outermost as Group | undefined) ?? { all: [] }, findings };
}

interface Lowering {
  readonly isNegated: boolean;
  readonly path: readonly number[];
  readonly fields: Fields;
  readonly findings: Finding[];
}

/** One rule, or none where it could not be said. */
function lowerRule(rule: Rule, place: Lowering): Rule[] {
  const group = groupOf(rule);
  if (!group) return lowerCondition(rule as Condition, place);
  const isNegated = place.isNegated !== (group.kind === 'none');
  const children = group.rules.flatMap((child, i) =>
    lowerRule(child, { ...place, isNegated, path: [...place.path, i] }),
  );
  const isAll = (group.kind === 'all') !== isNegated;
  // What a group of one says, its rule says by itself; only the outermost has to be a group.
  if (children.length === 1 && place.path.length > 0) return children;
  return [groupWith(isAll ? 'all' : 'any', children)];
}

function lowerCondition(written: Condition, place: Lowering): Rule[] {
  const field = place.fields.find(written.field);
  const condition = withTruth(written, field);
  if (!place.isNegated) return [plain(condition)];
  const negated = field && negate(condition, field);
  if (negated) return [negated];
  place.findings.push({
    code: 'no_opposite',
    severity: 'error',
    message: whyNot(condition, field),
    path: [...place.path],
  });
  return [];
}

function plain(condition: Condition): Rule {
  const { field, operator, value } = condition;
  if (operator !== 'gte' && operator !== 'lte') return condition;
  return {
    any: [
      { field, operator: operator === 'gte' ? 'gt' : 'lt', value },
      { field, operator: 'is', value },
    ],
  };
}

/** The rule that is true exactly where the condition is not, as far as Navidrome has one. */
function negate({ field, operator, value }: Condition, of: Field): Rule | undefined {
  const opposite = OPPOSITES[operator];
  if (opposite) return { field, operator: opposite, value };
  if (operator === 'inTheRange' && Array.isArray(value)) {
    return {
      any: [
        { field, operator: lowest(of), value: value[0] },
        { field, operator: highest(of), value: value[1] },
      ],
    };
  }
  const counterpart = COUNTERPARTS[operator];
  if (!counterpart || !of.isSingle) return undefined;
  const comparison = { field, operator: counterpart, value };
  const parts =
    of.type === 'date' ? [comparison, { ...comparison, operator: 'is' as const }] : partsOf(plain(comparison));
  const all = of.isNullable ? [...parts, { field, operator: 'isMissing' as const, value: true }] : parts;
  return all.length === 1 ? all[0] : { any: all };
}

const lowest = ({ type }: Field): Operator => (type === 'date' ? 'before' : 'lt');
const highest = ({ type }: Field): Operator => (type === 'date' ? 'after' : 'gt');
const partsOf = (rule: Rule): Rule[] => groupOf(rule)?.rules ?? [rule];

function whyNot({ operator }: Condition, field: Field | undefined): string {
  const name = field?.name ?? 'the field';
  if (operator === 'startsWith' || operator === 'endsWith') {
    return `Navidrome cannot say that ${name} does not begin or end with a text. Ask that it does not contain it, or that it is something else.`;
  }
  return `A track may have several values of ${name}: that none of them is ${operator === 'gt' || operator === 'gte' ? 'above' : 'below'} a number is nothing that Navidrome can ask. Ask for the other side instead.`;
}
