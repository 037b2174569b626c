import { SEPARATORS } from '../../../files/tag-formats';
import type { LocalMusic, LocalPath } from '../../connections';
import { type InspectedSong, type NativeSong, type Navidrome, sharedPlaces, songIdsOf } from './client';
import { type ConfiguredTag, configFindings, fieldOf, tagsOf } from './config-findings';
import type { Inspection } from './contract';

/** A track with our tags as they stand in its file: keys without the namespace. */
export interface InspectedTrack extends LocalPath {
  readonly tags: Readonly<Record<string, readonly string[]>>;
}

type TagRow = Inspection['tags'][number];

const NOT_THERE =
  'Navidrome does not have this file. Does it see the folder, and has it scanned since the file was added?';

/** Follows our tags from the file to what Navidrome shows, and finds where they get lost. */
export async function inspectTrack(
  navidrome: Navidrome,
  track: InspectedTrack,
  { music, namespace }: { music: LocalMusic; namespace: string },
): Promise<Inspection> {
  const { native } = navidrome;
  const [songId] = await songIdsOf(navidrome, await sharedPlaces(navidrome, music), [track]);
  if (songId === undefined) return { songId: null, tags: [], findings: [NOT_THERE] };
  const [read, song] = await Promise.all([native.inspect(songId), native.getSong(songId)]);
  const config = await native.getConfig().catch(() => undefined);
  const configured = config && tagsOf(config);
  const tags = Object.entries(track.tags).map(([key, values]) =>
    rowOf({ key: nameIn(read, namespace, key), values, read, song, configured }),
  );
  const findings = [...findingsOf(tags, configured), ...(config ? configFindings(config, namespace) : [])];
  return { songId, tags, findings };
}

/** The tag's name as Navidrome has read it from the file, whatever separates it from the namespace. */
function nameIn({ rawTags }: InspectedSong, namespace: string, key: string): string {
  const names = SEPARATORS.map((separator) => `${namespace}${separator}${key}`);
  return names.find((name) => rawTags[name.toLowerCase()]) ?? names[0];
}

interface Followed {
  readonly key: string;
  readonly values: readonly string[];
  readonly read: InspectedSong;
  readonly song: NativeSong;
  /** Undefined when the server does not show its configuration. */
  readonly configured: readonly ConfiguredTag[] | undefined;
}

function rowOf({ key, values, read, song, configured }: Followed): TagRow {
  const guess = key.toLowerCase().replace(/[^a-z0-9_]/g, '_');
  const field = configured ? (fieldOf(configured, key)?.field ?? null) : guess;
  const raw = read.rawTags[key.toLowerCase()] ?? [];
  const mapped = (field && read.mappedTags?.tags?.[field]) || [];
  const stored = (field && song.tags?.[field]) || [];
  const row = { key, values: [...values], field: mapped.length > 0 || configured ? field : null };
  if (raw.length === 0) return { ...row, stage: 'not_read' };
  if (mapped.length === 0) return { ...row, stage: 'not_configured' };
  return { ...row, stage: isSame(mapped, stored) ? 'visible' : 'not_scanned' };
}

function findingsOf(tags: readonly TagRow[], configured: readonly ConfiguredTag[] | undefined): string[] {
  if (tags.length === 0) return ['The file carries no tags of Tonearm yet. Analyze it first.'];
  const keysOf = (stage: TagRow['stage']) => tags.filter((tag) => tag.stage === stage).map(({ key }) => key);
  const untyped = tags.filter(
    ({ field, values }) =>
      isNumber(values) && configured?.some((tag) => tag.field === field && !/^(int|float)$/.test(tag.type)),
  );
  return [
    ...some(
      keysOf('not_read'),
      'stand in the file, but Navidrome does not read them: it sees another file, or an old one',
    ),
    ...some(
      keysOf('not_configured'),
      'are read, but not taken: the configuration does not name them. Publish it, restart Navidrome and scan fully',
    ),
    ...some(
      keysOf('not_scanned'),
      'will be visible after the next scan; a full one, if the library keeps the times of its files',
    ),
    ...some(
      untyped.map(({ key }) => key),
      'are numbers without Type = "float": every "greater than" matches. Add the type and scan fully',
    ),
  ];
}

function some(keys: readonly string[], what: string): string[] {
  if (keys.length === 0) return [];
  const named = keys.slice(0, 5).join(', ');
  return [`${keys.length > 5 ? `${named} and ${keys.length - 5} more` : named}: ${what}.`];
}

const isNumber = (values: readonly string[]) =>
  values.length > 0 && values.every((value) => /^-?\d+(\.\d+)?$/.test(value));
const isSame = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && [...a].sort().join('\0') === [...b].sort().join('\0');
