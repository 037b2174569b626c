import type { FieldView } from './contract';
import { type Field, operatorsOf } from './fields/field';
import type { Fields } from './fields/registry';

const KEYS = ['C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B'];

/** The fields as a builder of rules offers them. */
export function createFieldViews(fields: Fields): FieldView[] {
  return fields.all.map((field) => ({
    ...{ name: field.name, title: field.title, group: field.group, type: field.type, knowledge: field.knowledge },
    operators: [...operatorsOf(field)],
    aliases: [...field.aliases],
    isMultiple: !field.isSingle,
    canSort: field.kind !== 'playlist',
    since: field.since ?? null,
    suggestions: suggestionsFor(field),
  }));
}

function suggestionsFor({ own }: Field): string[] {
  const source = own?.source;
  if (source?.from === 'genres') {
    const words = source.sources.flatMap(({ names }) => names.flatMap((name) => name[source.word] ?? []));
    return [...new Set(words)].sort();
  }
  if (source?.from === 'descriptor' && source.name === 'key') return KEYS.flatMap((key) => [key, `${key}m`]);
  return [];
}
