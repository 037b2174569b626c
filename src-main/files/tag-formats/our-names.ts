import type { Container, TagItem } from './tag-file';

/** The tag that says how the others came about; its presence proves whose the others are. */
export const PROVENANCE_KEY = 'tonearm';

/** The tag that says which fields for all players are ours, and what we put there: `mood=happy`. */
export const OWN_FIELDS_KEY = 'fields';

/** What may stand between the namespace and the key. MPD drops every name with a colon, a dot or a blank. */
export const SEPARATORS = [':', '_', '-'] as const;
export type Separator = (typeof SEPARATORS)[number];

/** How the names of our tags begin: `nom:`, `nom_`, `nom-`. */
interface Naming {
  readonly namespace: string;
  /** A colon when it is not said. */
  readonly separator?: Separator;
}

export const prefixOf = ({ namespace, separator = ':' }: Naming): string => `${namespace}${separator}`;

/** The key of a name under this namespace, however it is separated; undefined for every other name. */
export function keyInName(name: string, namespace: string): string | undefined {
  const separated = name.startsWith(namespace) && SEPARATORS.some((each) => each === name[namespace.length]);
  return (separated && name.slice(namespace.length + 1)) || undefined;
}

const MOOD_LIST = /^mood-(strict|regular|loose)$/;
export const isMoodList = (key: string): boolean => MOOD_LIST.test(key);

const TEXTS: readonly string[] = [PROVENANCE_KEY, OWN_FIELDS_KEY, 'genre', 'style', 'mood', 'key'];
/** How our numbers are written: a score, a tempo, a loudness. */
const NUMBER = /^(?:[01]\.\d{4}|\d{1,3}(?:\.\d)?|-?\d{1,2}\.\d\d)$/;
/** Fields of others that a namespace and a separator might happen to begin. */
const OF_OTHERS = /^(replaygain|r128|musicbrainz|acoustid|album|original|itunes)[_-]/;

export type KeyOf = (item: Pick<TagItem, 'field' | 'values'>) => string | undefined;

/**
 * Tells the key of one of our tags in a file, undefined for everything else.
 *
 * Every container holds a tag of ours under exactly one name (TXXX description, freeform atom, comment, APE item, ASF
 * attribute), so that a player needs one alias for all of them. Whatever begins with the namespace and a colon is ours.
 * After `_` and `-`, with which the names of others are made too (`NOM-DE-PLUME`), only what looks like a tag that we
 * write, in a file that says it has such. Nomarr's Vorbis comments are `NOM_MOOD_STRICT`; those are read under `nom`,
 * and only there.
 */
export function keysOf(items: readonly TagItem[], namespace: string, container: Container): KeyOf {
  const names = new Set(items.map(({ field }) => field));
  const proven = SEPARATORS.filter((separator) => names.has(`${namespace}${separator}${PROVENANCE_KEY}`));
  const isOfNomarr = namespace === 'nom' && ['flac', 'ogg', 'opus'].includes(container);
  return ({ field, values = [] }) => {
    const key = field === undefined ? undefined : keyInName(field, namespace);
    if (key === undefined || field === undefined) return undefined;
    const separator = field[namespace.length];
    if (separator === ':') return key;
    if (separator === '_' && isOfNomarr) return key.replace(/^mood_(strict|regular|loose)$/, 'mood-$1');
    if (isMoodList(key)) return key;
    const isProven = proven.some((each) => each === separator) && !OF_OTHERS.test(field);
    const isOurKind = TEXTS.includes(key) || (values.length === 1 && NUMBER.test(values[0]));
    return isProven && isOurKind ? key : undefined;
  };
}
