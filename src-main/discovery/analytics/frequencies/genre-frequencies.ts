import { decideGenres, type TagKey } from '../../../library/moods';
import { type Database, stillWantedAt } from '../../../platform/database';
import { type Bound, bound, type LibraryScope, NEWEST } from '../counting';
import type { Frequency, TagsOfVersion } from './number-frequencies';

type Row = [analysis: number, label: string, score: number];

/** In how many tracks genres and styles were detected, and how many different ones. */
export function prepareGenreFrequencies(db: Database) {
  const scores = db
    .prepare<[Bound & { version: string; head: string; least: number }], Row>(`
      WITH newest AS MATERIALIZED (${NEWEST} AND analysis.version = @version ORDER BY analysis.id)
      SELECT newest.id, score.label, score.trimmed_mean
      FROM newest CROSS JOIN score ON score.analysis_id = newest.id AND score.head = @head
      WHERE score.trimmed_mean >= @least AND ${stillWantedAt('newest.id')}`)
    .raw();

  return (scope: LibraryScope, versions: readonly TagsOfVersion[]): Frequency[] => {
    const genres = aTally('genre');
    const styles = aTally('style');
    for (const { version, keys } of versions) {
      const source = sourceIn(keys);
      if (!source) continue;
      for (const rows of byAnalysis(scores.all({ ...bound(scope), version, ...source }))) {
        const decided = decideGenres([headOf(source.head, rows)]);
        genres.add(decided.genres);
        styles.add(decided.styles);
      }
    }
    return [genres.result(), styles.result()];
  };
}

function sourceIn(keys: readonly TagKey[]): { head: string; least: number } | undefined {
  const source = keys.map((key) => key.source).find(({ from }) => from === 'genres');
  if (source?.from !== 'genres') return undefined;
  const [{ head, least }] = source.sources;
  return { head, least };
}

/** The rows of one analysis come one after the other. */
function byAnalysis(rows: readonly Row[]): Row[][] {
  const groups: Row[][] = [];
  let last: number | undefined;
  for (const row of rows) {
    if (row[0] !== last) groups.push([]);
    last = row[0];
    groups[groups.length - 1].push(row);
  }
  return groups;
}

/** Labels below the least score make no difference to what is decided, so they need not be there. */
function headOf(head: string, rows: readonly Row[]) {
  const scores = rows.map(([, label, score]) => ({
    label,
    trimmedMean: score,
    mean: score,
    std: null,
    min: score,
    max: score,
  }));
  return { head, backbone: '', kind: 'sigmoid' as const, scores };
}

function aTally(key: string) {
  const values = new Set<string>();
  let total = 0;
  return {
    add(found: readonly string[]): void {
      if (found.length > 0) total++;
      for (const value of found) values.add(value);
    },
    result: (): Frequency => ({ key, total, unique: values.size }),
  };
}
