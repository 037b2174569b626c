import type { TagChange } from '../../../files/safe-files';
import type { PlannedField } from './contract';

export type FieldCount = PlannedField;

const EXAMPLES = 5;
/** Files may hold any keys of others in our namespace; the rest is counted under one name. */
const MAX_FIELDS = 500;
const REST = 'other tags';
/** A value that is longer is cut in an example. */
const SHOWN_CHARACTERS = 200;

/** Counts which tags are added, changed and removed by a plan, and keeps a few examples of each. */
export function createFieldCounts() {
  const fields = new Map<string, FieldCount>();

  function of(name: string): FieldCount {
    const field = fields.has(name) || fields.size < MAX_FIELDS ? name : REST;
    const known = fields.get(field) ?? { field, added: 0, changed: 0, removed: 0, examples: [] };
    fields.set(field, known);
    return known;
  }

  return {
    add({ trackId, title, changes }: { trackId: number; title: string; changes: readonly TagChange[] }): void {
      for (const { field, old, new: wanted } of changes) {
        const count = of(field);
        if (old.length === 0) count.added++;
        else if (wanted.length === 0) count.removed++;
        else count.changed++;
        if (count.examples.length < EXAMPLES)
          count.examples.push({ trackId, title, old: old.map(shortened), new: wanted.map(shortened) });
      }
    },
    list: (): FieldCount[] => [...fields.values()],
  };
}

const shortened = (value: string) => (value.length > SHOWN_CHARACTERS ? `${value.slice(0, SHOWN_CHARACTERS)}…` : value);
