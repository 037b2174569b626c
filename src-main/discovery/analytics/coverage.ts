import { type Database, stillWantedAt } from '../../platform/database';
import { type Bound, bound, type LibraryScope } from './counting';

export interface CoverageInput extends LibraryScope {
  /** The version of the analysis that would be made now. */
  readonly version: string;
  /** Codes of attempts that are no failure: the file was passed over on purpose. */
  readonly skipCodes: readonly string[];
}

/** What has become of a track; each is in exactly one part. */
export type CoveragePart = 'missing' | 'current' | 'older' | 'skipped' | 'failed' | 'waiting';

interface PartRow {
  part: CoveragePart;
  reason: string | null;
  count: number;
  tagged: number;
}

/**
 * What has become of every track that scans have found. The parts add up to what was found: missing; analyzed, with the
 * current version or an older one; passed over or failed at the last attempt, with the reason; waiting. A track that
 * was analyzed counts as that, whatever else befell it later. Tagged are those of any part but the missing whose
 * file has our tags.
 */
export function createCoverage(db: Database) {
  const parts = db.prepare<[Bound & { version: string; skip: string }], PartRow>(`
    SELECT part, CASE WHEN part IN ('skipped', 'failed') THEN reason END AS reason, COUNT(*) AS count,
      COUNT(tagged_at) AS tagged
    FROM (
      SELECT tagged_at, COALESCE(attempt_code, error_code) AS reason, CASE
        WHEN missing_since IS NOT NULL THEN 'missing'
        WHEN analyzed_at IS NOT NULL THEN iif(analysis_version = @version, 'current', 'older')
        WHEN attempt_code IN (SELECT value FROM json_each(@skip)) THEN 'skipped'
        WHEN attempt_code IS NOT NULL OR error_code IS NOT NULL THEN 'failed'
        ELSE 'waiting' END AS part
      FROM track WHERE (@library IS NULL OR library_id = @library) AND ${stillWantedAt('id')})
    GROUP BY 1, 2 ORDER BY count DESC, reason`);

  return ({ version, skipCodes, ...scope }: CoverageInput) => {
    const rows = parts.all({ ...bound(scope), version, skip: JSON.stringify(skipCodes) });
    const of = (...names: CoveragePart[]) => rows.filter(({ part }) => names.includes(part));
    const sum = (...names: CoveragePart[]) => of(...names).reduce((total, { count }) => total + count, 0);
    const reasons = (name: CoveragePart) => of(name).map(({ reason, count }) => ({ reason: reason ?? '', count }));
    return {
      found: sum('missing', 'current', 'older', 'skipped', 'failed', 'waiting'),
      missing: sum('missing'),
      present: sum('current', 'older', 'skipped', 'failed', 'waiting'),
      analyzed: sum('current', 'older'),
      analyzedCurrent: sum('current'),
      analyzedOlder: sum('older'),
      skipped: sum('skipped'),
      failed: sum('failed'),
      waiting: sum('waiting'),
      skippedReasons: reasons('skipped'),
      failedReasons: reasons('failed'),
      tagged: of('current', 'older', 'skipped', 'failed', 'waiting').reduce((total, { tagged }) => total + tagged, 0),
    };
  };
}
