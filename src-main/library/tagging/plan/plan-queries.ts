import type { Database } from '../../../platform/database';
import type { PlannedField, PlannedFile, WritePlan } from './contract';

interface VerdictRow {
  verdict: string;
  files: number;
  changes: number;
  sizeBytes: number;
  message: string | null;
}
type FieldRow = Omit<PlannedField, 'examples'> & { examples: string };

export type PlanSums = Pick<WritePlan, 'write' | 'unchanged' | 'refused' | 'fields' | 'standing'>;

export interface FilesQuestion {
  readonly id: number;
  readonly verdict: string | null;
  /** The track of the last file of the page before. */
  readonly after: number;
  readonly limit: number;
}

/** The sums of a plan, and pages of its files. */
export function createPlanQueries(db: Database) {
  const verdicts = db.prepare<[number], VerdictRow>(`
    SELECT verdict, COUNT(*) AS files, SUM(changes) AS changes, SUM(size_bytes) AS sizeBytes, MIN(message) AS message
    FROM write_plan_file WHERE plan_id = ? GROUP BY verdict ORDER BY files DESC, verdict`);
  const fields = db.prepare<[number], FieldRow>(`
    SELECT field, added, changed, removed, examples FROM write_plan_field WHERE plan_id = ? ORDER BY field`);
  const standing = db
    .prepare<[number], number>(`
    SELECT COUNT(*) FROM file_write WHERE state = 'written' AND job_id IN (
      SELECT id FROM job WHERE batch_id = (SELECT batch_id FROM write_plan WHERE id = ?))`)
    .pluck();
  const files = db.prepare<[FilesQuestion], PlannedFile>(`
    SELECT track_id AS trackId, title, artist, path, verdict, message, changes
    FROM write_plan_file JOIN track ON track.id = track_id
    WHERE plan_id = @id AND track_id > @after AND (@verdict IS NULL OR verdict = @verdict)
    ORDER BY track_id LIMIT @limit`);

  return {
    'tagging.sumPlan': (planId: number): PlanSums => {
      const rows = verdicts.all(planId);
      const written = rows.find(({ verdict }) => verdict === 'write');
      return {
        write: {
          files: written?.files ?? 0,
          changes: written?.changes ?? 0,
          sizeBytes: written?.sizeBytes ?? 0,
        },
        unchanged: rows.find(({ verdict }) => verdict === 'unchanged')?.files ?? 0,
        refused: rows
          .filter(({ verdict }) => verdict !== 'write' && verdict !== 'unchanged')
          .map(({ verdict, files, message }) => ({ reason: verdict, files, message: message ?? '' })),
        standing: standing.get(planId)!,
        fields: fields.all(planId).map((row) => ({ ...row, examples: JSON.parse(row.examples) })),
      };
    },
    'tagging.listPlanned': (question: FilesQuestion): PlannedFile[] => files.all(question),
  };
}
export type PlanQueries = ReturnType<typeof createPlanQueries>;
