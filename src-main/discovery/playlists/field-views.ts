import type { FieldView } from './contract';
import type { Fields } from './fields';
import { type Field, operatorsOf } from './fields';

const KEYS = ['C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B'];

/** Words that stand in the library. */
export interface KnownWords {
  readonly moods: readonly string[];
  readonly genres: readonly string[];
}

/** The fields as a builder of rules offers them. */
export function createFieldViews(fields: Fields, words: KnownWords): FieldView[] {
  return fields.all.map((field) => ({
    name: field.name,
    title: field.title,
    group: field.group,
    type: field.type,
    knowledge: field.knowledge,
    operators: [...operatorsOf(field)],
    aliases: [...field.aliases],
    isMultiple: !field.isSingle,
    canSort: field.kind !== 'playlist',
    since: field.since ?? null,
    suggestions: suggestionsFor(field, words),
  }));
}

function suggestionsFor({ name, own }: Field, { moods, genres }: KnownWords): string[] {
  const source = own?.source;
  if (source?.from === 'moods') return [...moods];
  if (name === 'genre') return [...genres];
  if (source?.from === 'genres') {
    const words = source.sources.flatMap(({ names }) => names.flatMap((name) => name[source.word] ?? []));
    return [...new Set(words)].sort();
  }
  if (source?.from === 'descriptor' && source.name === 'key') return KEYS.flatMap((key) => [key, `${key}m`]);
  return [];
}
