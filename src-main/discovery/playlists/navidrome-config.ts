import type { TagKey } from '../../library/moods';
import type { Fields } from './fields';

export interface ConfigOptions {
  /** `dotted` lines for the top of the file, or `tables` for its end. */
  readonly style: 'dotted' | 'tables';
  /** The list of moods that Navidrome's own mood field gets besides what it had, if any. */
  readonly feedMood?: 'strict' | 'regular' | 'loose';
}

/** Overriding the aliases of a field of Navidrome's replaces them, so that its own have to be repeated. */
const STOCK_MOOD = ['tmoo', 'mood', '----:com.apple.itunes:mood', 'wm/mood'];

interface ConfiguredTag {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly type?: 'float';
}

/**
 * The part of navidrome.toml that makes our tags fields of Navidrome (0.55 or newer). `Album` is never set: a mood
 * belongs to a track, and as a mark of the album it would take albums apart. No `Split`: where a tag has several values
 * its file holds several.
 */
export function navidromeConfig(fields: Fields, { style, feedMood }: ConfigOptions): string {
  const tags = fields.own.map(({ name, type, own: key }) => ({
    name,
    aliases: aliasesOf(fields, key!),
    ...(type === 'number' && { type: 'float' as const }),
  }));
  const fed = feedMood ? [{ name: 'Mood', aliases: [...STOCK_MOOD, ...aliasesOf(fields, moodKey(feedMood))] }] : [];
  const write = style === 'dotted' ? dottedLines : tableLines;
  return `${[...HEAD[style], '', ...[...tags, ...fed].flatMap(write)].join('\n').trimEnd()}\n`;
}

const HEAD = {
  dotted: [
    '# Tags of Tonearm for Navidrome 0.55 or newer.',
    '# These lines belong at the TOP of navidrome.toml, before the first line in [brackets]. They cannot be set by',
    '# environment variables. Then restart Navidrome and run a FULL scan: a quick one does not see them.',
  ],
  tables: [
    '# Tags of Tonearm for Navidrome 0.55 or newer.',
    '# These lines belong at the END of navidrome.toml. They cannot be set by environment variables. Then restart',
    '# Navidrome and run a FULL scan: a quick one does not see them.',
  ],
} as const;

const moodKey = (tier: 'strict' | 'regular' | 'loose') => ({ key: `mood-${tier}` });

/**
 * What Navidrome's scanner calls the tag in files of every kind: as it is written now; with the colon of files that were
 * not written anew since; and Nomarr's Vorbis comments, which have underscores.
 */
function aliasesOf({ namespace, prefix }: Fields, { key }: Pick<TagKey, 'key'>): string[] {
  const names = [`${prefix}${key}`, `${namespace}:${key}`].map((name) => name.toLowerCase());
  const ofNomarr = /^mood-/.test(key) ? [names[1].replace(/[:-]/g, '_')] : [];
  return [...new Set([...names, ...ofNomarr])];
}

function dottedLines({ name, aliases, type }: ConfiguredTag): string[] {
  return [`Tags.${name}.Aliases = ${listOf(aliases)}`, ...(type ? [`Tags.${name}.Type = "${type}"`] : [])];
}

function tableLines({ name, aliases, type }: ConfiguredTag): string[] {
  return [`[Tags.${name}]`, `Aliases = ${listOf(aliases)}`, ...(type ? [`Type = "${type}"`] : []), ''];
}

/** JSON's strings are TOML's basic strings, but for the delete character. */
function listOf(values: readonly string[]): string {
  return `[${values.map((value) => JSON.stringify(value).replaceAll('\x7f', '\\u007f')).join(', ')}]`;
}
