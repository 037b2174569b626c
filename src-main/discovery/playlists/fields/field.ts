import type { TagKey } from '../../../library/moods';
import type { Operator } from '../rules/contract';

/** How Navidrome keeps a field: in a column, as an artist's part in a track, as a tag of the file, or not at all. */
type FieldKind = 'column' | 'role' | 'tag' | 'playlist' | 'sort';
export type FieldType = 'text' | 'number' | 'date' | 'boolean';

/**
 * What Tonearm knows of a field's values: `here` all of it; `unplayed` nothing, so that every track counts as never
 * played, rated or loved, which is what Navidrome takes where it has no entry; `elsewhere` nothing at all.
 */
export type Knowledge = 'here' | 'unplayed' | 'elsewhere';

export type FieldGroup =
  | 'heard'
  | 'text'
  | 'number'
  | 'date'
  | 'boolean'
  | 'album'
  | 'role'
  | 'tag'
  | 'playlist'
  | 'sort';

/** A field that rules can ask for, by the name that Navidrome gives it. */
export interface Field {
  /** Lower case; what stands in the file. */
  readonly name: string;
  readonly title: string;
  readonly group: FieldGroup;
  readonly kind: FieldKind;
  readonly type: FieldType;
  /** Other names that Navidrome takes for the same field. */
  readonly aliases: readonly string[];
  /** Whether a track can be asked if it has the field at all. */
  readonly isNullable: boolean;
  /** A track has one value at most, so that the opposite of a comparison can be told. */
  readonly isSingle: boolean;
  readonly knowledge: Knowledge;
  /** Navidrome knows it since this version. */
  readonly since?: string;
  /** One of our own tags. */
  readonly own?: TagKey;
}

/** Dates that a file says, which may be a year or a month alone. */
export function isPartialDate({ name }: Pick<Field, 'name'>): boolean {
  return name === 'date' || name === 'originaldate' || name === 'releasedate';
}

const PLAIN: Record<FieldType, readonly Operator[]> = {
  text: ['is', 'isNot', 'contains', 'notContains', 'startsWith', 'endsWith'],
  number: ['is', 'isNot', 'gt', 'gte', 'lt', 'lte', 'inTheRange'],
  date: ['is', 'isNot', 'before', 'after', 'inTheRange', 'inTheLast', 'notInTheLast'],
  boolean: ['is', 'isNot'],
};
const IN_TEXT: readonly Operator[] = ['contains', 'notContains', 'startsWith', 'endsWith'];

/** What Navidrome compares although it is hardly meant: a number by its digits, and true as more than false. */
export function isComparedAnyway({ kind, type }: Pick<Field, 'kind' | 'type'>, operator: Operator): boolean {
  if (kind !== 'column') return false;
  return type === 'number'
    ? IN_TEXT.includes(operator)
    : type === 'boolean' && (operator === 'gt' || operator === 'lt');
}

const PRESENCE: readonly Operator[] = ['isPresent', 'isMissing'];

/** The operators that mean something on a field. Navidrome refuses ranges and periods on tags and roles. */
export function operatorsOf({
  kind,
  type,
  isNullable,
}: Pick<Field, 'kind' | 'type' | 'isNullable'>): readonly Operator[] {
  if (kind === 'sort') return [];
  if (kind === 'playlist') return ['inPlaylist', 'notInPlaylist'];
  const plain = kind === 'column' ? PLAIN[type] : PLAIN[type].filter((operator) => operator !== 'inTheRange');
  return isNullable ? [...plain, ...PRESENCE] : plain;
}
