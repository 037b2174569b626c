import type { HeadKind } from '../../../analysis/inference';
import type { HeadOutline } from '../../../library/moods';
import type { Database } from '../../../platform/database';

interface LabelRow {
  version: string;
  head: string;
  kind: HeadKind;
  label: string;
}

/**
 * The heads of every version of the analysis there is. The version names the models, so one analysis of each is looked
 * at; heads come in the order in which tags are made of them.
 */
export function prepareAnalyzedHeads(db: Database): () => Map<string, HeadOutline[]> {
  const labels = db.prepare<[], LabelRow>(`
    SELECT version, head, kind, label
    FROM (SELECT version, MAX(id) AS id FROM analysis GROUP BY version) AS each
    LEFT JOIN score ON score.analysis_id = each.id
    ORDER BY version, head, position`);
  return () => {
    const versions = Map.groupBy(labels.all(), ({ version }) => version);
    return new Map([...versions].map(([version, rows]) => [version, outlinesOf(rows)]));
  };
}

function outlinesOf(rows: readonly LabelRow[]): HeadOutline[] {
  const analyzed = rows.filter(({ head }) => head !== null);
  return [...Map.groupBy(analyzed, ({ head }) => head)].map(([head, labels]) => {
    return { head, kind: labels[0].kind, labels: labels.map(({ label }) => label) };
  });
}
