import { propertyOf } from './property-names';

/** What one tag says: property → values, in the order of the tag. */
export type FieldSet = Map<string, string[]>;

/** No text that a scan keeps is longer; pictures in text are. */
export const MAX_TEXT_BYTES = 64 * 1024;
const MAX_VALUES = 64;
const MAX_FIELDS = 2000;

/** Adds values under the property that the name of a field stands for; empty ones say nothing. */
export function addField(fields: FieldSet, name: string, values: readonly string[]): void {
  const property = propertyOf(name);
  const said = values.map((value) => value.replace(/^\uFEFF/, '').trim()).filter((value) => value !== '');
  const present = fields.get(property);
  if (said.length === 0 || property === '' || (!present && fields.size >= MAX_FIELDS)) return;
  const more = said.filter((value) => !present?.includes(value));
  fields.set(property, [...(present ?? []), ...more].slice(0, MAX_VALUES));
}

/** Of several tags in a file each field as the first says it that has it. */
export function mergedFields(tags: readonly FieldSet[]): FieldSet {
  const merged: FieldSet = new Map();
  for (const tag of tags) for (const [name, values] of tag) if (!merged.has(name)) merged.set(name, values);
  return merged;
}
