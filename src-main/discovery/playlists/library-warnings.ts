import type { HeadOutline } from '../../library/moods';
import type { Fields } from './fields';
import { type Criteria, groupOf, type Rule } from './rules/contract';
import type { PlaylistLibrary } from './saved';

/** What keeps the tags of this library from reaching Navidrome although the configuration is right. */
export function configWarnings(known: {
  readonly fields: Fields;
  readonly heads: readonly HeadOutline[];
  readonly libraries: readonly PlaylistLibrary[];
}): string[] {
  const { heads, libraries } = known;
  const named = (chosen: readonly PlaylistLibrary[]) => chosen.map(({ name }) => `"${name}"`).join(', ');
  const silent = libraries.filter(({ writeMode }) => writeMode === 'none');
  const sparse = libraries.filter(({ writeMode }) => writeMode === 'minimal');
  const still = libraries.filter(({ keepMtime, writeMode }) => keepMtime && writeMode !== 'none');
  return [
    ...(heads.length === 0
      ? ['No track was analyzed with a model yet: the configuration will grow with the first. Copy it again then.']
      : []),
    ...(silent.length > 0
      ? [`Nothing is written into the files of ${named(silent)}: Navidrome finds no tags there.`]
      : []),
    ...(sparse.length > 0
      ? [`Only moods are written into the files of ${named(sparse)}: all other fields stay empty there.`]
      : []),
    ...(still.length > 0
      ? [
          `The files of ${named(still)} keep their time when tags are written: a quick scan of Navidrome passes them over. Run a full scan, or switch that off in the library.`,
        ]
      : []),
  ];
}

/** Which rules of a playlist ask for tags that are not written into some library's files. */
export function writtenWarnings({ rules }: Criteria, fields: Fields, libraries: readonly PlaylistLibrary[]): string[] {
  const own = fieldNames(rules).flatMap((name) => fields.find(name)?.own ?? []);
  const beyondMoods = own.some(({ isMinimal }) => !isMinimal);
  return libraries.flatMap(({ name, writeMode }) => {
    if (own.length > 0 && writeMode === 'none')
      return [`The files of "${name}" get no tags: Navidrome matches none of them.`];
    return beyondMoods && writeMode === 'minimal'
      ? [`The files of "${name}" get moods only: Navidrome does not know what else the rules ask for.`]
      : [];
  });
}

function fieldNames(rule: Rule): string[] {
  const group = groupOf(rule);
  return group ? group.rules.flatMap(fieldNames) : 'field' in rule ? [rule.field] : [];
}
