import type { Database } from '../../platform/database';
import type { VerificationView } from './contract';
import type { Judged, Verdict, WrittenFile } from './judge';

interface Row {
  id: number;
  job_id: number | null;
  root_path: string | null;
  started_at: string;
  ended_at: string | null;
  files: number;
  bytes: number;
  intact: number;
  retagged: number;
}
type Finding = VerificationView['findings'][number];

/** As many as anyone looks back to. */
const KEPT = 5;
const WELL: readonly Verdict[] = ['intact', 'retagged'];

export function createVerificationRepository(db: Database) {
  const insert = db.prepare('INSERT INTO verification (job_id, root_path, started_at) VALUES (?, ?, ?)');
  const removeCutOff = db.prepare('DELETE FROM verification WHERE ended_at IS NULL');
  const removeOld = db.prepare(
    'DELETE FROM verification WHERE id NOT IN (SELECT id FROM verification ORDER BY id DESC LIMIT ?)',
  );
  const count = db.prepare(`
    UPDATE verification SET files = files + @files, bytes = bytes + @bytes, intact = intact + @intact,
      retagged = retagged + @retagged WHERE id = @id`);
  const addFinding = db.prepare('INSERT INTO verification_finding (verification_id, path, verdict) VALUES (?, ?, ?)');
  const setEnded = db.prepare('UPDATE verification SET ended_at = ? WHERE id = ?');
  const latest = db.prepare<[number | null], Row>(
    'SELECT * FROM verification WHERE ended_at IS NOT NULL AND job_id IS COALESCE(?, job_id) ORDER BY id DESC LIMIT 1',
  );
  const findings = db.prepare<[number, number], Finding>(
    'SELECT path, verdict FROM verification_finding WHERE verification_id = ? ORDER BY path LIMIT ?',
  );
  const counts = db.prepare<[number], { verdict: Finding['verdict']; count: number }>(
    'SELECT verdict, COUNT(*) AS count FROM verification_finding WHERE verification_id = ? GROUP BY verdict',
  );

  return {
    /** One at a time; one that was cut off before is forgotten. */
    begin: db.transaction((jobId: number | null, root: string | null): number => {
      removeCutOff.run();
      const { lastInsertRowid } = insert.run(jobId, root, new Date().toISOString());
      removeOld.run(KEPT);
      return Number(lastInsertRowid);
    }),
    add: db.transaction((id: number, files: readonly WrittenFile[], judged: readonly Judged[]): void => {
      const number = (verdict: Verdict) => judged.filter((each) => each.verdict === verdict).length;
      const bytes = judged.reduce((sum, each) => sum + each.bytes, 0);
      count.run({ id, files: files.length, bytes, intact: number('intact'), retagged: number('retagged') });
      for (const [index, { verdict }] of judged.entries())
        if (!WELL.includes(verdict)) addFinding.run(id, files[index].path, verdict);
    }),
    end: (id: number): void => void setEnded.run(new Date().toISOString(), id),
    /** The last that came to its end, or that of a job. */
    findLatest(jobId: number | null, limit: number): VerificationView | null {
      const row = latest.get(jobId);
      if (!row) return null;
      const found = new Map(counts.all(row.id).map(({ verdict, count }) => [verdict, count]));
      return {
        jobId: row.job_id,
        rootPath: row.root_path,
        startedAt: row.started_at,
        endedAt: row.ended_at!,
        files: row.files,
        bytes: row.bytes,
        counts: {
          ...{ intact: row.intact, retagged: row.retagged, replaced: found.get('replaced') ?? 0 },
          damaged: found.get('damaged') ?? 0,
          missing: found.get('missing') ?? 0,
          unreadable: found.get('unreadable') ?? 0,
        },
        findings: findings.all(row.id, limit),
      };
    },
  };
}
