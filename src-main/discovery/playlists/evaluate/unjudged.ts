import type { Fields } from '../fields';
import { type Condition, groupOf, type Rule } from '../rules/contract';

export interface UnjudgedRule {
  readonly path: number[];
  readonly rule: Condition;
  readonly assumed: 'unplayed' | 'left_out';
}

/** The rules about what only Navidrome knows, with what the preview makes of them. */
export function unjudgedOf(rule: Rule, fields: Fields, path: number[] = []): UnjudgedRule[] {
  const group = groupOf(rule);
  if (group) return group.rules.flatMap((child, i) => unjudgedOf(child, fields, [...path, i]));
  const condition = rule as Condition;
  const knowledge = fields.find(condition.field)?.knowledge;
  if (knowledge === 'unplayed') return [{ path, rule: condition, assumed: 'unplayed' }];
  return knowledge === 'elsewhere' ? [{ path, rule: condition, assumed: 'left_out' }] : [];
}
