import { LEAST_CONFIDENCE, MOOD_NUMBERS, tagKeysOf } from '../../../library/moods';
import type { Database } from '../../../platform/database';
import {
  type Bound,
  bound,
  COUNTED,
  type LibraryScope,
  NEWEST,
  prepareCountOfCounted,
  sizeOf,
  TIER_NAMES,
  unionOf,
} from '../counting';
import { type MoodSets, prepareMoodSets } from '../moods';
import { prepareAnalyzedHeads } from './analyzed-heads';
import { prepareGenreFrequencies } from './genre-frequencies';
import { type Frequency, prepareNumberFrequencies } from './number-frequencies';

export interface TagFrequenciesInput extends LibraryScope {
  readonly limit: number;
  /** The prefix of our tags. */
  readonly namespace: string;
  /** Whether `mood_happy` is written beside `happy`, and `mood` beside `mood-regular`. */
  readonly aliases: boolean;
}

/** An alias has the values of its key, which are not counted twice. */
const NO_ALIASES = { write_alias_keys: false };

interface DescriptorCounts {
  bpm: number;
  bpm_values: number;
  key: number;
  key_values: number;
  loudness: number;
  loudness_values: number;
}

/**
 * How many tracks have each of our keys and how many values there are of it, the most frequent key first. Counted is
 * the analyses, as tags are made of them: the moods as they are decided now, and the newest analysis of each track that
 * is there; values that differ only in decimals that are not written are the same value. Whether a library's write mode
 * lets them into its files, and whether they were written yet, makes no difference here; coverage tells that.
 */
export function createTagFrequencies(db: Database) {
  const counted = prepareCountOfCounted(db);
  const analyzedHeads = prepareAnalyzedHeads(db);
  const numbers = prepareNumberFrequencies(db);
  const genres = prepareGenreFrequencies(db);
  const descriptors = prepareDescriptors(db);
  const moodSets = prepareMoodSets(db);
  const provenances = db
    .prepare<[Bound], number>(`SELECT COUNT(DISTINCT analysis_version) FROM track WHERE id IN (${COUNTED})`)
    .pluck();

  function all(scope: LibraryScope): Frequency[] {
    const versions = [...analyzedHeads()].map(([version, heads]) => ({ version, keys: tagKeysOf(heads, NO_ALIASES) }));
    return [
      ...moodLists(moodSets(scope)),
      ...numbers(scope, versions),
      ...genres(scope, versions),
      ...descriptors(scope),
      { key: 'tonearm', total: counted(scope), unique: provenances.get(bound(scope))! },
    ];
  }

  return ({ limit, namespace, aliases, ...scope }: TagFrequenciesInput) => {
    const written = all(scope).flatMap((each) => (aliases ? [each, ...aliasOf(each)] : [each]));
    const found = written
      .filter(({ total }) => total > 0)
      .sort((a, b) => b.total - a.total || (a.key < b.key ? -1 : 1));
    return {
      tag_frequencies: found.slice(0, limit).map(({ key, total, unique }) => ({
        tag_key: `${namespace}:${key}`,
        total_count: total,
        unique_values: unique,
      })),
    };
  };
}

function moodLists(sets: MoodSets): Frequency[] {
  return TIER_NAMES.map((tier) => {
    const moods = sets.of(tier);
    return { key: `mood-${tier}`, total: sizeOf(unionOf(moods.map(({ tracks }) => tracks))), unique: moods.length };
  });
}

function aliasOf(frequency: Frequency): Frequency[] {
  const { key } = frequency;
  if (key === 'mood-regular') return [{ ...frequency, key: 'mood' }];
  return MOOD_NUMBERS.includes(key) ? [{ ...frequency, key: `mood_${key}` }] : [];
}

/** Tempo and key where they are sure enough to be written, and loudness, each rounded as it is written. */
function prepareDescriptors(db: Database) {
  const counts = db.prepare<[Bound & { bpm: number; key: number }], DescriptorCounts>(`
    WITH newest AS MATERIALIZED (${NEWEST}), believed AS MATERIALIZED (
      SELECT ROUND(loudness_lufs, 2) AS loudness,
        CASE WHEN bpm_confidence < @bpm THEN NULL ELSE ROUND(bpm, 1) END AS bpm,
        CASE WHEN key_confidence < @key THEN NULL
          ELSE musical_key || CASE scale WHEN 'minor' THEN 'm' ELSE '' END END AS "key"
      FROM newest CROSS JOIN descriptor ON descriptor.analysis_id = newest.id)
    SELECT COUNT(bpm) AS bpm, COUNT(DISTINCT bpm) AS bpm_values, COUNT("key") AS "key",
      COUNT(DISTINCT "key") AS key_values, COUNT(loudness) AS loudness, COUNT(DISTINCT loudness) AS loudness_values
    FROM believed`);
  return (scope: LibraryScope): Frequency[] => {
    const found = counts.get({ ...bound(scope), ...LEAST_CONFIDENCE })!;
    return [
      { key: 'bpm', total: found.bpm, unique: found.bpm_values },
      { key: 'key', total: found.key, unique: found.key_values },
      { key: 'loudness', total: found.loudness, unique: found.loudness_values },
    ];
  };
}
