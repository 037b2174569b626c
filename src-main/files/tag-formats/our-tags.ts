import { AppError } from '../../rpc';
import type { TagChange } from '../safe-files';
import { isMoodList, type KeyOf, keysOf, OWN_FIELDS_KEY, prefixOf } from './our-names';
import { type NativeField, ownFieldsIn, standardFields } from './standard-fields';
import type { TagEdit, TagField, TagFile, TagItem, WantedTags } from './tag-file';

/**
 * Our tags in a file: key without the namespace → values, or the whole name as it stands there → values. What they
 * remember of other fields is none of them.
 */
export function ourTags(file: TagFile, namespace: string, by: 'key' | 'name' = 'key'): Record<string, string[]> {
  const tags = new Map<string, string[]>();
  const keyOf = keysOf(file.items, namespace, file.container);
  for (const item of file.items) {
    const key = keyOf(item);
    if (key === undefined || key === OWN_FIELDS_KEY || !item.values) continue;
    const name = by === 'name' ? item.field! : key;
    tags.set(name, [...(tags.get(name) ?? []), ...item.values]);
  }
  return Object.fromEntries(tags);
}

export interface FieldEdit {
  readonly changes: readonly TagChange[];
  readonly edit: TagEdit;
}

/** What must be dropped from a file and added to it so that it carries what is wanted, and nothing when it does. */
export function editFor(file: TagFile, wanted: WantedTags): FieldEdit {
  const found = keysOf(file.items, wanted.namespace, file.container);
  const tags = checked(wanted);
  const named = new Map([...tags.keys(), OWN_FIELDS_KEY].map((key) => [`${prefixOf(wanted)}${key}`, key]));
  const keyOf: KeyOf = (item) => found(item) ?? (item.field === undefined ? undefined : named.get(item.field));
  const plan = new Edit();
  const present = Map.groupBy(file.items, keyOf);
  const put = (key: string, values: readonly string[]) => {
    const field = `${prefixOf(wanted)}${key}`;
    const old = present.get(key) ?? [];
    const isAsWanted = old.every((item) => item.field === field) && isSame(values, valuesOf(old));
    if (!isAsWanted || (old.length > 0 && values.length === 0)) plan.replace(field, old, values);
  };
  for (const key of [...new Set([...tags.keys(), ...present.keys()])].filter((key) => key !== undefined).sort()) {
    if (key === OWN_FIELDS_KEY || (wanted.keepOthers && !tags.has(key) && !isMoodList(key))) continue;
    put(key, tags.get(key) ?? []);
  }
  put(OWN_FIELDS_KEY, putStandard(plan, file, { wanted, remembered: valuesOf(present.get(OWN_FIELDS_KEY) ?? []) }));
  plan.carryOver(file, keyOf);
  return plan;
}

/** What changes as it is gathered. */
class Edit {
  readonly changes: TagChange[] = [];
  readonly #drop = new Set<TagItem>();
  readonly #add: TagField[] = [];
  /** Fields of an older tag that are not to be carried over, as another value takes their place. */
  readonly #replaced = new Set<TagField>();

  get edit(): TagEdit {
    return { drop: this.#drop, add: this.#add };
  }

  replace(field: string, old: readonly TagItem[], values: readonly string[], name?: string): void {
    for (const item of old) this.#drop.add(item);
    if (values.length > 0) this.#add.push({ field, values, isOwn: true, ...(name !== undefined && { name }) });
    this.changes.push({ field, old: [...saidBy(old)], new: values });
  }

  takePlaceOf(older: readonly TagField[]): void {
    for (const field of older) this.#replaced.add(field);
  }

  /** What the file's older tag says goes into the first of the kind that we write. */
  carryOver(file: TagFile, keyOf: KeyOf): void {
    if (this.#add.length === 0) return;
    for (const item of file.carryOver) {
      if (this.#replaced.has(item) || keyOf(item) !== undefined) continue;
      this.#add.push(item);
      this.changes.push({ field: item.field, old: [], new: item.values });
    }
  }
}

/** Plans the fields for all players, and tells what is to be remembered of them. */
function putStandard(
  plan: Edit,
  file: TagFile,
  { wanted, remembered }: { wanted: WantedTags; remembered: readonly string[] },
): string[] {
  const own = ownFieldsIn(remembered);
  const isNamed = new Set<string>();
  const kept: string[] = [];
  const fields: NativeField[] = standardFields(file.container, wanted);
  for (const { field } of fields) isNamed.add(field);
  for (const field of own.keys()) if (!isNamed.has(field)) fields.push({ field, aliases: [], values: [] });
  for (const { field, aliases, values, name } of fields) {
    const isIt = (item: Pick<TagItem, 'field'>) => [field, ...aliases].some((each) => item.field === each);
    const [old, older] = [file.items.filter(isIt), file.carryOver.filter(isIt)];
    const isOwn = old.length > 0 && older.length === 0 && isSame(own.get(field) ?? [], saidBy(old));
    const isKept = old.length + older.length > 0 && !wanted.overwriteStandard && !isOwn;
    const isReplaced = !isKept && !isSame(values, saidBy([...old, ...older])) && (values.length > 0 || isOwn);
    if (isReplaced) {
      plan.replace(field, old, values, name);
      plan.takePlaceOf(older);
    }
    if (wanted.remembersStandard && (isOwn || isReplaced)) kept.push(...values.map((value) => `${field}=${value}`));
  }
  return kept;
}

const valuesOf = (items: readonly { readonly values?: readonly string[] }[]) =>
  items.flatMap((item) => item.values ?? []);

/** What a field says, once where two frames for different readers say the same: `TXXX:MOOD` and `TMOO`. */
function saidBy(items: readonly { readonly values?: readonly string[] }[]): readonly string[] {
  const [first, ...others] = items.map(({ values = [] }) => values);
  return first && others.every((values) => isSame(values, first)) ? first : valuesOf(items);
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
