import type { Database } from '../../../platform/database';
import type { PlanState, WritePlan } from './contract';
import type { FieldCount } from './field-counts';
import type { Verdict } from './judge-track';

export type StoredPlan = Pick<
  WritePlan,
  'id' | 'title' | 'state' | 'message' | 'createdAt' | 'total' | 'lookedAt' | 'batchId'
>;

/** A file that a plan says is written. */
export interface FileToWrite {
  readonly trackId: number;
  readonly digest: string;
}

const COLUMNS = `id, title, state, message, total, looked_at AS lookedAt, batch_id AS batchId, created_at AS createdAt`;
/** Older ones are forgotten. */
const KEPT = 20;
/** Rows that are removed at once: some milliseconds. */
const CHUNK = 2000;

/** The plans and what each says of each file. */
export function createPlanStore(db: Database) {
  const add = db.prepare<[string, number, string], StoredPlan>(
    `INSERT INTO write_plan (title, state, total, created_at) VALUES (?, 'planning', ?, ?) RETURNING ${COLUMNS}`,
  );
  const byId = db.prepare<[number], StoredPlan>(`SELECT ${COLUMNS} FROM write_plan WHERE id = ?`);
  const addFile = db.prepare(`
    INSERT OR REPLACE INTO write_plan_file (plan_id, track_id, verdict, message, digest, changes, size_bytes)
    SELECT @planId, @trackId, @verdict, @message, @digest, @changes, @sizeBytes
    WHERE EXISTS (SELECT 1 FROM track WHERE id = @trackId)`);
  const advance = db.prepare<[number, number]>('UPDATE write_plan SET looked_at = looked_at + ? WHERE id = ?');
  const addField = db.prepare(`
    INSERT INTO write_plan_field (plan_id, field, added, changed, removed, examples)
    VALUES (@planId, @field, @added, @changed, @removed, @examples)`);
  const setState = db.prepare<[PlanState, string | null, number]>(
    'UPDATE write_plan SET state = ?, message = ? WHERE id = ?',
  );
  const setBatch = db.prepare<[number, number]>('UPDATE write_plan SET batch_id = ? WHERE id = ?');
  const toWrite = db.prepare<[number, number, number], FileToWrite>(`
    SELECT track_id AS trackId, digest FROM write_plan_file
    WHERE plan_id = ? AND verdict = 'write' AND track_id > ? ORDER BY track_id LIMIT ?`);
  const interrupted = db.prepare<[string]>(
    "UPDATE write_plan SET state = 'cancelled', message = ? WHERE state = 'planning'",
  );
  const old = db.prepare<[number], number>('SELECT id FROM write_plan ORDER BY id DESC LIMIT 1 OFFSET ?').pluck();
  const dropFiles = db.prepare<[number, number, number]>(`
    DELETE FROM write_plan_file WHERE plan_id = ? AND track_id IN (
      SELECT track_id FROM write_plan_file WHERE plan_id = ? LIMIT ?)`);
  const drop = db.prepare<[number]>('DELETE FROM write_plan WHERE id = ?');

  return {
    add: (title: string, total: number, at: string): StoredPlan => add.get(title, total, at)!,
    find: (id: number): StoredPlan | undefined => byId.get(id),
    /** What was found out about some files. */
    note: db.transaction((planId: number, verdicts: readonly Verdict[]) => {
      for (const verdict of verdicts) addFile.run({ planId, ...verdict });
      advance.run(verdicts.length, planId);
    }),
    /** All was looked at. */
    finish: db.transaction((planId: number, fields: readonly FieldCount[]) => {
      for (const { examples, ...field } of fields)
        addField.run({ planId, ...field, examples: JSON.stringify(examples) });
      setState.run('ready', null, planId);
    }),
    end: (id: number, state: PlanState, message: string | null = null): void => void setState.run(state, message, id),
    setBatch: (id: number, batchId: number): void => void setBatch.run(batchId, id),
    listToWrite: (id: number, after: number, limit: number): FileToWrite[] => toWrite.all(id, after, limit),
    /** Plans that were being made when the application ended. */
    endInterrupted: (message: string): void => void interrupted.run(message),
    /** Forgets one old plan, step by step; false when there was none. */
    *forgetOld(): Generator<void> {
      for (let id = old.get(KEPT); id !== undefined; id = old.get(KEPT)) {
        while (dropFiles.run(id, id, CHUNK).changes > 0) yield;
        drop.run(id);
        yield;
      }
    },
  };
}
export type PlanStore = ReturnType<typeof createPlanStore>;
