import { z } from 'zod';

/** Every operator that Navidrome knows, and two of ours: `gte` and `lte` become `any[gt, is]` and `any[lt, is]`. */
export const Operator = z.enum([
  ...['is', 'isNot', 'gt', 'lt', 'gte', 'lte', 'before', 'after'],
  ...['contains', 'notContains', 'startsWith', 'endsWith'],
  ...['inTheRange', 'inTheLast', 'notInTheLast', 'inPlaylist', 'notInPlaylist', 'isMissing', 'isPresent'],
] as const);
export type Operator = z.infer<typeof Operator>;

/** The longest name and comment of a playlist, in letters; more is cut off where a file is read. */
export const MAX_NAME = 200;
export const MAX_COMMENT = 2000;
/** The most tracks that a limit names. */
export const MAX_LIMIT = 100_000;
/** In letters; SQLite searches for no text of more than 50 000 bytes. */
const MAX_TEXT = 16_384;
/** In one group; more do not fit into a file. */
const MAX_RULES = 5000;

const scalar = z.union([z.string().max(MAX_TEXT), z.number(), z.boolean()]);

/** One value, the two ends of a range, both included, or a list of which one has to be it. */
export const RuleValue = z.union([scalar, z.array(scalar).min(1).max(MAX_RULES)]);
export type RuleValue = z.infer<typeof RuleValue>;

/** `{ "field": "nom_happy", "operator": "gt", "value": 0.6 }` */
export const Condition = z.strictObject({
  field: z.string().min(1).max(100).describe('a name of GET /api/web/playlists/fields'),
  operator: Operator,
  value: RuleValue,
});
export type Condition = z.infer<typeof Condition>;

/** What all of, any of, or none of the rules in it have to say. */
export type Group = { readonly all: Rule[] } | { readonly any: Rule[] } | { readonly none: Rule[] };
export type Rule = Condition | Group;
export type GroupKind = 'all' | 'any' | 'none';

const rules = z.lazy(() => z.array(Rule).max(MAX_RULES));
export const Group: z.ZodType<Group> = z
  .lazy(() =>
    z.union([z.strictObject({ all: rules }), z.strictObject({ any: rules }), z.strictObject({ none: rules })]),
  )
  .meta({ id: 'RuleGroup' });
export const Rule: z.ZodType<Rule> = z.lazy(() => z.union([Condition, Group])).meta({ id: 'Rule' });

/** A smart playlist without its name: which tracks, in which order, how many of them. */
export const Criteria = z.object({
  rules: Group,
  sort: z.string().max(500).optional().describe('fields, comma separated, each with - for descending; or random'),
  order: z.enum(['asc', 'desc']).optional().describe('desc turns each field of the sort around'),
  limit: z.number().int().min(1).max(MAX_LIMIT).optional(),
  limitPercent: z.number().int().min(1).max(100).optional(),
  offset: z.number().int().min(0).optional().describe('only together with a limit'),
});
export type Criteria = z.infer<typeof Criteria>;

/** A smart playlist as a file or another server gets it. */
export const SmartPlaylist = Criteria.extend({
  name: z.string().trim().min(1).max(MAX_NAME),
  comment: z.string().max(MAX_COMMENT).default(''),
  public: z.boolean().optional(),
  refreshDelay: z
    .string()
    .regex(/^(\d+(\.\d+)?(w|d|h|m|s|ms))+$/, 'a duration such as 30m, 1d or 1w2d')
    .optional(),
});
export type SmartPlaylist = z.infer<typeof SmartPlaylist>;

export const Finding = z.object({
  code: z.string().describe('for programs: unknown_field, wrong_type …'),
  severity: z.enum(['error', 'warning']).describe('an error keeps the playlist from being saved'),
  message: z.string(),
  path: z
    .array(z.number().int())
    .describe('the rule that is meant: its place in the outermost group, then in the group inside, and so on'),
});
export type Finding = z.infer<typeof Finding>;

/** Truth as Navidrome takes it, in quotes and as a number too: `"true"`, `"T"`, `1`; undefined for what is neither. */
export function booleanOf(value: RuleValue): boolean | undefined {
  if (/^(true|t|1)$/i.test(String(value))) return true;
  return /^(false|f|0)$/i.test(String(value)) ? false : undefined;
}

/** The kind of a group, and the rules in it; undefined for a condition. */
export function groupOf(rule: Rule): { kind: GroupKind; rules: Rule[] } | undefined {
  if ('all' in rule) return { kind: 'all', rules: rule.all };
  if ('any' in rule) return { kind: 'any', rules: rule.any };
  if ('none' in rule) return { kind: 'none', rules: rule.none };
  return undefined;
}

export function groupWith(kind: GroupKind, rules: Rule[]): Group {
  return kind === 'all' ? { all: rules } : kind === 'any' ? { any: rules } : { none: rules };
}
