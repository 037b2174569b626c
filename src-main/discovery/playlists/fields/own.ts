import type { TagKey } from '../../../library/moods';
import { RESERVED } from './built-in';
import type { Field } from './field';

const MAX_LETTERS = 64;

/**
 * The fields of our own tags, under the names that the configuration gives them: the namespaced key in [a-z0-9_], at
 * most 64 letters, never a name of Navidrome's, each once.
 */
export function ownFields(namespace: string, keys: readonly TagKey[]): Field[] {
  const taken = new Set(RESERVED);
  return keys.map((own) => {
    const name = free(`${namespace}_${own.key}`, taken);
    taken.add(name);
    return {
      name,
      title: titleOf(own),
      group: 'heard',
      kind: 'tag',
      type: own.type === 'float' ? 'number' : 'text',
      aliases: [],
      isNullable: true,
      isSingle: !own.isMultiple,
      knowledge: 'here',
      own,
    };
  });
}

function free(key: string, taken: ReadonlySet<string>): string {
  const folded = key
    .toLowerCase()
    .replace(/[^a-z0-9_]/g, '_')
    .slice(0, MAX_LETTERS);
  for (let count = 1; ; count += 1) {
    const suffix = count === 1 ? '' : `_${count}`;
    const name = `${folded.slice(0, MAX_LETTERS - suffix.length)}${suffix}`;
    if (!taken.has(name)) return name;
  }
}

const TITLES: Readonly<Record<string, string>> = {
  'mood-strict': 'Moods (strict)',
  'mood-regular': 'Moods (regular)',
  'mood-loose': 'Moods (loose)',
  mood: 'Moods',
  genre: 'Genre (analyzed)',
  style: 'Style (analyzed)',
  bpm: 'Tempo (analyzed, BPM)',
  key: 'Key (analyzed)',
  loudness: 'Loudness (LUFS)',
  tonearm: 'Analysis',
};

function titleOf({ key }: TagKey): string {
  const words = key.replaceAll('_', ' ');
  return TITLES[key] ?? words[0].toUpperCase() + words.slice(1);
}
