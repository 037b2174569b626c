import type { ScoreSource, TagKey } from '../../../library/moods';
import { type Database, stillWantedAt } from '../../../platform/database';
import { type Bound, bound, type LibraryScope, NEWEST } from '../counting';

/** How many tracks have a key, and how many different values they have in it. */
export interface Frequency {
  readonly key: string;
  readonly total: number;
  readonly unique: number;
}

/** The tags that are made of the analyses of one version. */
export interface TagsOfVersion {
  readonly version: string;
  readonly keys: readonly TagKey[];
}

/** Numbers are written with four decimals: so many different ones there can be. */
const STEPS = 10_000;

/**
 * The numbers that heads give: of every newest analysis one number for each key, told apart as they are written. The
 * statement visits the scores by their primary key, one after the other; what it gives back is the number of the key
 * and the value in one, because a million of those cross into JavaScript in a quarter of the time of a million rows.
 */
export function prepareNumberFrequencies(db: Database) {
  const numbersAs = (value: string) =>
    db
      .prepare<[Bound & { version: string; sources: string }], number>(`
        WITH source AS MATERIALIZED (
          SELECT value ->> 'place' AS place, value ->> 'head' AS head, value ->> 'label' AS label,
            value ->> 'low' AS low, value ->> 'high' AS high
          FROM json_each(@sources)
        ), newest AS MATERIALIZED (${NEWEST} AND analysis.version = @version ORDER BY analysis.id)
        SELECT source.place * ${STEPS + 1} + CAST(${STEPS} * ${value} + 0.5 AS INTEGER)
        FROM newest CROSS JOIN source
        CROSS JOIN score ON score.analysis_id = newest.id AND score.head = source.head AND score.label = source.label
        WHERE ${stillWantedAt('newest.id')}`)
      .pluck();
  const statements = {
    trimmed_mean: numbersAs('trimmed_mean'),
    mean: numbersAs('MIN(1, MAX(0, (mean - low) / (high - low)))'),
  };

  return (scope: LibraryScope, versions: readonly TagsOfVersion[]): Frequency[] => {
    const keys = [...new Set(versions.flatMap((each) => numbersOf(each.keys).map(({ key }) => key)))];
    const totals = new Uint32Array(keys.length);
    const seen = new Uint8Array(keys.length * (STEPS + 1));
    for (const { version, keys: ofVersion } of versions) {
      const sources = numbersOf(ofVersion).map(({ key, source }) => ({ ...source, place: keys.indexOf(key) }));
      for (const [statistic, all] of Map.groupBy(sources, (source) => source.statistic)) {
        tally(statements[statistic].all({ ...bound(scope), version, sources: JSON.stringify(all) }));
      }
    }
    return keys.map((key, place) => {
      const values = seen.subarray(place * (STEPS + 1), (place + 1) * (STEPS + 1));
      return { key, total: totals[place], unique: values.reduce((sum, each) => sum + each, 0) };
    });

    function tally(numbers: readonly number[]): void {
      for (const number of numbers) {
        totals[Math.floor(number / (STEPS + 1))]++;
        seen[number] = 1;
      }
    }
  };
}

/** The keys that are numbers. Every analysis of a version has all of its heads, so the first source is the one. */
function numbersOf(keys: readonly TagKey[]): { key: string; source: ScoreSource }[] {
  return keys.flatMap(({ key, source }) => (source.from === 'scores' ? [{ key, source: source.sources[0] }] : []));
}
