import { keyInName } from '../../../files/tag-formats';
import type { ServerConfig } from './client';

type TagConf = NonNullable<NonNullable<ServerConfig['config']['Tags']>[string]>;

/** A tag of Navidrome's configuration, in one spelling. */
export interface ConfiguredTag {
  /** The name in rules, lower case. */
  readonly field: string;
  readonly aliases: readonly string[];
  readonly type: string;
  readonly isAlbum: boolean;
}

export function tagsOf({ config }: ServerConfig): ConfiguredTag[] {
  return Object.entries(config.Tags ?? {}).map(([name, conf]) => ({
    field: name.toLowerCase(),
    aliases: aliasesOf(conf).map((alias) => alias.trim().toLowerCase()),
    type: (conf.Type ?? '').toLowerCase(),
    isAlbum: conf.Album === true,
  }));
}

/** The tag that takes the values of a key such as `nom:happy`. */
export const fieldOf = (tags: readonly ConfiguredTag[], key: string): ConfiguredTag | undefined =>
  tags.find(({ aliases }) => aliases.includes(key.toLowerCase()));

/** The mistakes that can be seen in the configuration in force, each with what to do. */
export function configFindings(config: ServerConfig, namespace: string): string[] {
  const tags = tagsOf(config);
  const ours = tags.filter(({ aliases }) => aliases.some((alias) => keyInName(alias, namespace) !== undefined));
  const { AutoImportPlaylists, PlaylistsPath } = config.config;
  return [
    ...(ours.length === 0 ? [noneOfOurs(namespace)] : []),
    ...ours.filter(({ isAlbum }) => isAlbum).map(({ field }) => ofAlbum(field)),
    ...STOCK.filter(([field, alias]) => lacks(tags, field, alias)).map(([field, alias]) => lost(field, alias)),
    ...(AutoImportPlaylists === false
      ? ['AutoImportPlaylists is off, so playlists published as files do not appear. Publish them directly.']
      : []),
    ...(PlaylistsPath && !/\*\*|playlists/i.test(PlaylistsPath)
      ? [`PlaylistsPath is "${PlaylistsPath}"; playlists published as files go to Playlists, which it has to include.`]
      : []),
  ];
}

/** Aliases that a file's genre and mood come from; replacing a list without them loses what was there. */
const STOCK = [
  ['genre', 'genre'],
  ['mood', 'mood'],
] as const;

const aliasesOf = ({ Aliases = [] }: TagConf): string[] =>
  typeof Aliases === 'string' ? Aliases.split(',') : (Aliases ?? []);

function lacks(tags: readonly ConfiguredTag[], field: string, alias: string): boolean {
  const tag = tags.find((one) => one.field === field);
  return tag !== undefined && tag.aliases.length > 0 && !tag.aliases.includes(alias);
}

const noneOfOurs = (namespace: string) =>
  `The configuration in force names no tag of Tonearm's (${namespace}:…). The lines have to stand in navidrome.toml above the first [section]; environment variables do not work for them. Then restart Navidrome and have it scan fully.`;
const ofAlbum = (field: string) =>
  `Tags.${field} is marked as Album: a value of single tracks can split albums. Take that line away.`;
const lost = (field: string, alias: string) =>
  `Tags.${field}.Aliases lacks "${alias}", so what files say themselves is lost. Add Navidrome's own aliases to the list.`;
