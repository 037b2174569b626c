import stripJsonComments from 'strip-json-comments';
import { z } from 'zod';
import { AppError } from '../../../rpc';
import type { Fields } from '../fields';
import {
  type Condition,
  type Finding,
  type Group,
  MAX_COMMENT,
  MAX_LIMIT,
  MAX_NAME,
  Operator,
  type Rule,
  RuleValue,
  SmartPlaylist,
} from '../rules/contract';
import { withTruth } from './truth';
import { validate } from './validate';
import { MAX_BYTES } from './write';

/** Fewer are allowed, and said beside the group; what is deeper was made to be. */
const MAX_READ_LEVELS = 32;

/** Navidrome passes over a name, a comment or a publicness of another type, and an order that it does not know. */
const FileHead = z.looseObject({
  name: z.string().optional().catch(undefined),
  comment: z.string().optional().catch(undefined),
  public: z.boolean().optional().catch(undefined),
  sort: z.string().optional(),
  order: z.string().optional(),
  limit: z.number().int().optional(),
  limitPercent: z.number().int().optional(),
  offset: z.number().int().optional(),
  refreshDelay: z.string().optional(),
});

/** Every operator by its name in lower case; Navidrome takes any letter case. */
const OPERATORS = new Map(
  Operator.options.filter((name) => name !== 'gte' && name !== 'lte').map((name) => [name.toLowerCase(), name]),
);

/**
 * An .nsp file as a playlist, with what is wrong or doubtful in it. Comments and any letter case of names are taken, as
 * Navidrome takes them. Throws `invalid_input` where Navidrome would refuse the whole file.
 *
 * @param fallbackName the file's name, for one that names itself not
 */
export function readNsp(
  text: string,
  fields: Fields,
  fallbackName: string,
): { playlist: SmartPlaylist; findings: Finding[] } {
  if (Buffer.byteLength(text) > MAX_BYTES) throw refused('Navidrome reads no file larger than 100 KB');
  const json = parseJson(text);
  const head = FileHead.safeParse(json);
  if (!head.success)
    throw refused(`${head.error.issues[0].path.join('.') || 'The file'}: ${head.error.issues[0].message}`);
  const { sort, public: isPublic, refreshDelay, name, comment } = head.data;
  const parsed = SmartPlaylist.safeParse({
    ...{ sort, public: isPublic, refreshDelay },
    name: name?.trim().slice(0, MAX_NAME) || fallbackName,
    comment: comment?.slice(0, MAX_COMMENT),
    rules: topGroup(head.data, fields),
    ...numbersOf(head.data),
  });
  if (!parsed.success) throw refused(z.prettifyError(parsed.error));
  return { playlist: parsed.data, findings: validate(parsed.data, fields) };
}

/** Navidrome takes 0 and less for no limit, and cuts a percentage to what there can be. */
function numbersOf({ order, limit = 0, limitPercent = 0, offset }: z.infer<typeof FileHead>) {
  const direction = order?.toLowerCase();
  return {
    ...((direction === 'asc' || direction === 'desc') && { order: direction }),
    ...(limit > 0 && { limit: Math.min(MAX_LIMIT, limit) }),
    ...(limitPercent > 0 && { limitPercent: Math.min(100, limitPercent) }),
    ...(offset !== undefined && offset >= 0 && { offset }),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(stripJsonComments(text.replace(/^\uFEFF/, '')));
  } catch (thrown) {
    throw refused(`This is no JSON: ${(thrown as Error).message}`);
  }
}

function topGroup(file: Record<string, unknown>, fields: Fields): Group {
  const groups = Object.entries(file).filter(([key]) => /^(all|any)$/i.test(key));
  if (groups.length === 2) {
    throw refused('"all" and "any" stand side by side; Navidrome refuses that. Put one into the other');
  }
  if (groups.length === 0) throw refused('There is no "all" and no "any" with rules');
  const [[key, rules]] = groups;
  return groupFrom(key, rules, fields, 1);
}

function groupFrom(key: string, rules: unknown, fields: Fields, level: number): Group {
  if (level > MAX_READ_LEVELS) throw refused(`Groups are nested deeper than ${MAX_READ_LEVELS} levels`);
  if (!Array.isArray(rules)) throw refused(`"${key}" has to be a list of rules`);
  const read = rules.flatMap((rule) => rulesFrom(rule, fields, level));
  return key.toLowerCase() === 'all' ? { all: read } : { any: read };
}

/** Several operators in one object are several rules of the group around. */
function rulesFrom(rule: unknown, fields: Fields, level: number): Rule[] {
  if (typeof rule !== 'object' || rule === null || Array.isArray(rule)) throw refused('A rule has to be an object');
  return Object.entries(rule).map(([key, value]) => {
    if (/^(all|any)$/i.test(key)) return groupFrom(key, value, fields, level + 1);
    const operator = OPERATORS.get(key.toLowerCase());
    if (!operator) throw refused(`Navidrome knows no operator "${key}"`);
    return conditionFrom(operator, value, fields);
  });
}

function conditionFrom(operator: Operator, asked: unknown, fields: Fields): Condition {
  const entries = typeof asked === 'object' && asked !== null && !Array.isArray(asked) ? Object.entries(asked) : [];
  if (entries.length !== 1) throw refused(`"${operator}" needs exactly one field; Navidrome cannot keep several`);
  const [[name, value]] = entries;
  const parsed = RuleValue.safeParse(value);
  if (!parsed.success)
    throw refused(`The value of "${name}" has to be a text, a number, true, false, or a list of them`);
  const isPlaylist = operator === 'inPlaylist' || operator === 'notInPlaylist';
  const field = isPlaylist && /^id$/i.test(name) ? 'playlist' : (fields.find(name)?.name ?? name);
  return withTruth({ field, operator, value: parsed.data }, fields.find(field));
}

function refused(problem: string): AppError {
  return new AppError('invalid_input', `${problem}.`);
}
