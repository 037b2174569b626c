import { keyInName, prefixOf, type Separator } from '../../../files/tag-formats';
import type { TagKey } from '../../../library/moods';
import { BUILT_IN } from './built-in';
import type { Field } from './field';
import { ownFields } from './own';

/** The fields of one library: Navidrome's own and those of our tags. */
export interface Fields {
  readonly namespace: string;
  /** How the names of our tags begin in files: `nom:`. */
  readonly prefix: string;
  /** Ours first. */
  readonly all: readonly Field[];
  readonly own: readonly Field[];
  /** By the name or an alias, in any letter case, as Navidrome takes it. */
  find(name: string): Field | undefined;
  /** As people and the documents write it: `tag:happy`, `nom:happy`, `nom:mood_happy`, `nom:mood`, `nom-happy`, too. */
  resolve(written: string): Field | undefined;
}

export function createFields(namespace: string, keys: readonly TagKey[], separator: Separator = ':'): Fields {
  const own = ownFields(namespace, keys);
  const byName = new Map<string, Field>();
  for (const field of [...BUILT_IN, ...own]) for (const name of [field.name, ...field.aliases]) byName.set(name, field);
  const byKey = new Map(own.map((field) => [field.own!.key, field]));
  const find = (name: string) => byName.get(name.toLowerCase());

  function findOwn(key: string): Field | undefined {
    const plain = key === 'mood' ? 'mood-regular' : key.replace(/^mood_/, '');
    return byKey.get(key) ?? byKey.get(key.replaceAll('_', '-')) ?? byKey.get(plain);
  }

  return {
    namespace,
    prefix: prefixOf({ namespace, separator }),
    all: [...own, ...BUILT_IN],
    own,
    find,
    resolve(written) {
      const lower = written.toLowerCase();
      const isTag = lower.startsWith('tag:');
      const name = isTag ? lower.slice(4) : lower;
      if (name.startsWith(`${namespace}:`)) return findOwn(name.slice(namespace.length + 1));
      const known = isTag ? (findOwn(name) ?? find(name)) : (find(name) ?? findOwn(name));
      return known ?? findOwn(keyInName(name, namespace) ?? '');
    },
  };
}
