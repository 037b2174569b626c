import type { Field } from '../fields';
import { booleanOf, type Condition } from '../rules/contract';

/** Whether a rule compares with true or false: on a field that is, and where it asks whether something is there. */
function asksForTruth({ operator }: Pick<Condition, 'operator'>, field: Field | undefined): boolean {
  return operator === 'isMissing' || operator === 'isPresent' || field?.type === 'boolean';
}

/** The rule with true or false in place of what Navidrome takes for it; any other value stays, and is a finding. */
export function withTruth(condition: Condition, field: Field | undefined): Condition {
  if (!asksForTruth(condition, field)) return condition;
  const { value } = condition;
  if (Array.isArray(value)) return { ...condition, value: value.map((each) => booleanOf(each) ?? each) };
  return { ...condition, value: booleanOf(value) ?? value };
}
