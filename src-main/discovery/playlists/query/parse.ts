import type { Fields } from '../fields';
import { type Group, type GroupKind, groupOf, groupWith, type Rule } from '../rules/contract';
import { parseComparison } from './comparison';
import { createTokenStream, type TokenStream } from './token-stream';
import { invalidQuery } from './tokens';

const MAX_CHARACTERS = 4096;
const MAX_LEVELS = 8;

/**
 * A query as a tree of rules. AND binds closer than OR; NOT stands before a comparison or a parenthesis; letter case of
 * the words does not matter. Throws `invalid_input` that begins with "Invalid query: " and says where and what was
 * expected.
 *
 * Written by hand: the grammar is four rules, and a parser generator would know neither the types of the fields, by
 * which values are read, nor sentences for people.
 */
export function parseQuery(query: string, fields: Fields): Group {
  if (query.trim() === '') throw invalidQuery('it is empty', 0, 'a comparison such as nom:happy > 0.7');
  if (query.length > MAX_CHARACTERS) {
    throw invalidQuery(`it is longer than ${MAX_CHARACTERS} characters`, MAX_CHARACTERS);
  }
  const tokens = createTokenStream(query);
  const rule = parseAny(tokens, fields, 1);
  if (tokens.peek().kind !== 'end') throw tokens.expected('AND, OR or the end');
  return groupOf(rule) ? (rule as Group) : { all: [rule] };
}

function parseAny(tokens: TokenStream, fields: Fields, level: number): Rule {
  const rules = [parseAll(tokens, fields, level)];
  while (tokens.takeWords('or')) rules.push(parseAll(tokens, fields, level));
  return joined('any', rules);
}

function parseAll(tokens: TokenStream, fields: Fields, level: number): Rule {
  const rules = [parseOne(tokens, fields, level)];
  while (tokens.takeWords('and')) rules.push(parseOne(tokens, fields, level));
  return joined('all', rules);
}

function parseOne(tokens: TokenStream, fields: Fields, level: number): Rule {
  const { at } = tokens.peek();
  if (level > MAX_LEVELS) throw invalidQuery(`it is nested deeper than ${MAX_LEVELS} levels`, at);
  if (tokens.takeWords('not')) return { none: [parseOne(tokens, fields, level + 1)] };
  if (!tokens.takeSign('(')) return parseComparison(tokens, fields);
  const inside = parseAny(tokens, fields, level + 1);
  if (!tokens.takeSign(')')) throw tokens.expected('")"');
  return inside;
}

/** One group of rules; a group of the same kind directly inside adds nothing. */
function joined(kind: GroupKind, rules: Rule[]): Rule {
  if (rules.length === 1) return rules[0];
  return groupWith(
    kind,
    rules.flatMap((rule) => {
      const group = groupOf(rule);
      return group?.kind === kind ? group.rules : [rule];
    }),
  );
}
