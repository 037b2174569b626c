import { AppError } from '../../../rpc';
import type { Fields } from '../fields';
import { type Condition, type Criteria, groupOf, type Rule, type SmartPlaylist } from '../rules/contract';
import { lower } from './lower';

/** Navidrome reads no larger file. */
export const MAX_BYTES = 100 * 1024;

type Json = Record<string, unknown>;

/** One operator to an object and one field to an operator: all else Navidrome splits, or cannot store. */
function toJson(rule: Rule): Json {
  const group = groupOf(rule);
  if (group) return { [group.kind]: group.rules.map(toJson) };
  const { field, operator, value } = rule as Condition;
  return { [operator]: { [field === 'playlist' ? 'id' : field]: value } };
}

/**
 * Rules as Navidrome takes them, in a file and over its API: exactly one of `all` and `any`, then order and number.
 * Throws `invalid_input` for rules that cannot be said in its words.
 */
export function nspRules(criteria: Criteria, fields: Fields): Json {
  const { rule, findings } = lower(criteria.rules, fields);
  if (findings.length > 0) throw new AppError('invalid_input', findings[0].message, { details: findings });
  const { sort, order, limit, limitPercent, offset } = criteria;
  return { ...toJson(rule), ...withoutUndefined({ sort, order, limit, limitPercent, offset }) };
}

/**
 * The text of an .nsp file. Throws `invalid_input` as `nspRules`, and when Navidrome would not read a file so large.
 */
export function writeNsp(playlist: SmartPlaylist, fields: Fields): string {
  const { name, comment, public: isPublic, refreshDelay } = playlist;
  const head = withoutUndefined({ name, comment: comment || undefined, public: isPublic });
  const file = { ...head, ...nspRules(playlist, fields), ...withoutUndefined({ refreshDelay }) };
  const text = `${JSON.stringify(file, null, 2)}\n`;
  if (Buffer.byteLength(text) > MAX_BYTES) {
    throw new AppError('invalid_input', 'The playlist has more rules than Navidrome reads: its file may have 100 KB.');
  }
  return text;
}

function withoutUndefined(values: Json): Json {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
