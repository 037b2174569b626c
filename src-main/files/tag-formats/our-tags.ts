import { AppError } from '../../rpc';
import type { TagChange } from '../safe-files';
import type { Container, StandardField, TagEdit, TagField, TagFile, TagItem, WantedTags } from './tag-file';

/**
 * The key of one of our tags, undefined for everything else.
 *
 * Every container holds `nom:<key>` under exactly that name (TXXX description, freeform atom, comment, APE item, ASF
 * attribute), so that a player needs one alias for all of them. Nomarr writes the same, except that its Vorbis
 * comments are `NOM_MOOD_STRICT`; those are read under `nom` too, and only there: another namespace with an underscore
 * would be the property of others (`MUSICBRAINZ_TRACKID`).
 */
function keyOf(item: Pick<TagItem, 'field'>, namespace: string, container: Container): string | undefined {
  const { field } = item;
  if (field?.startsWith(`${namespace}:`)) return field.slice(namespace.length + 1) || undefined;
  const isVorbis = container === 'flac' || container === 'ogg' || container === 'opus';
  if (isVorbis && namespace === 'nom' && field?.startsWith('nom_')) {
    return field.slice(4).replace(/^mood_(strict|regular|loose)$/, 'mood-$1') || undefined;
  }
  return undefined;
}

/** Our tags in a file: key without the namespace → values. */
export function ourTags(file: TagFile, namespace: string): Record<string, string[]> {
  const tags = new Map<string, string[]>();
  for (const item of file.items) {
    const key = keyOf(item, namespace, file.container);
    if (key === undefined || !item.values) continue;
    tags.set(key, [...(tags.get(key) ?? []), ...item.values]);
  }
  return Object.fromEntries(tags);
}

const MOOD_LIST = /^mood-(strict|regular|loose)$/;

export interface FieldEdit {
  readonly changes: readonly TagChange[];
  readonly edit: TagEdit;
}

/** What must be dropped from a file and added to it so that it carries what is wanted, and nothing when it does. */
export function editFor(file: TagFile, wanted: WantedTags): FieldEdit {
  const drop = new Set<TagItem>();
  const add: TagField[] = [];
  const changes: TagChange[] = [];
  const replaced = new Set<TagField>();
  const replace = (field: string, old: readonly TagItem[], values: readonly string[]) => {
    for (const item of old) drop.add(item);
    if (values.length > 0) add.push({ field, values });
    changes.push({ field, old: old.flatMap((item) => item.values ?? []), new: values });
  };

  const tags = checked(wanted);
  const present = Map.groupBy(file.items, (item) => keyOf(item, wanted.namespace, file.container));
  for (const key of [...new Set([...tags.keys(), ...present.keys()])].filter((key) => key !== undefined).sort()) {
    if (wanted.keepOthers && !tags.has(key) && !MOOD_LIST.test(key)) continue;
    const field = `${wanted.namespace}:${key}`;
    const old = present.get(key) ?? [];
    const values = tags.get(key) ?? [];
    const isAsWanted =
      old.every((item) => item.field === field) &&
      isSame(
        values,
        old.flatMap((item) => item.values ?? []),
      );
    if (!isAsWanted || (old.length > 0 && values.length === 0)) replace(field, old, values);
  }
  for (const { field, aliases, value } of standardFields(file.container, wanted)) {
    const isIt = (item: Pick<TagItem, 'field'>) => [field, ...aliases].some((name) => item.field === name);
    const [old, older] = [file.items.filter(isIt), file.carryOver.filter(isIt)];
    const has = [...old, ...older].flatMap((item) => item.values ?? []);
    const isKept = old.length + older.length > 0 && !wanted.overwriteStandard;
    if (isKept || isSame([value], has)) continue;
    replace(field, old, [value]);
    for (const item of older) replaced.add(item);
  }
  if (add.length > 0) {
    for (const item of file.carryOver) {
      if (replaced.has(item) || keyOf(item, wanted.namespace, file.container) !== undefined) continue;
      add.push(item);
      changes.push({ field: item.field, old: [], new: item.values });
    }
  }
  return { changes, edit: { drop, add } };
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}

/** Keys in lower case, empty values left out. Throws `invalid_input` for what no container could hold. */
function checked({ tags }: WantedTags): Map<string, string[]> {
  const result = new Map<string, string[]>();
  for (const [key, values] of Object.entries(tags)) {
    if (key === '' || key.length > 200 || /[\0-\x1f]/.test(key) || !key.isWellFormed()) {
      throw new AppError('invalid_input', `"${key}" cannot be the name of a tag.`);
    }
    if (values.some((value) => value.includes('\0'))) {
      throw new AppError('invalid_input', `The values of "${key}" contain a zero character.`);
    }
    // A byte order mark at the beginning would be taken for one by readers of UTF-16.
    const kept = values.map((value) => value.toWellFormed().replace(/^\uFEFF+/, '')).filter((value) => value !== '');
    if (kept.length > 0) result.set(key.toLowerCase(), kept);
  }
  return result;
}

interface NativeField {
  readonly field: string;
  readonly aliases: readonly string[];
  readonly value: string;
}

/** The standard fields in the way of a container. */
function standardFields(container: Container, { standard = {} }: WantedTags): NativeField[] {
  return (Object.entries(standard) as [StandardField, string | undefined][]).flatMap(([field, value]) => {
    if (!value) return [];
    if (container === 'opus' && field.startsWith('replaygain_')) return opusGain(field, value);
    if (field === 'bpm') return [{ field, aliases: [], value: String(Math.round(Number(value))) }];
    return [{ field, aliases: field === 'initialkey' ? ['key'] : [], value }];
  });
}

/**
 * Opus states its gain relative to −23 LUFS where ReplayGain 2 has −18, in 1/256 dB, and knows no peak; players must
 * ignore REPLAYGAIN_* in it. RFC 7845, 5.2.1.
 */
function opusGain(field: StandardField, value: string): NativeField[] {
  const gain = Number.parseFloat(value);
  if (field !== 'replaygain_track_gain' || !Number.isFinite(gain)) return [];
  return [{ field: 'r128_track_gain', aliases: [], value: String(Math.round((gain - 5) * 256)) }];
}
