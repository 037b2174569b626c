import type { Database } from '../../platform/database';
import type { FileStamp, KnownStamp } from '../../platform/file-stamp';

/** What an analysis leaves on its track, for lists. */
export interface AnalysisMarks {
  /** ISO 8601, UTC. */
  readonly analyzedAt: string;
  readonly version: string;
  readonly bpm: number | null;
  /** `C`, `C#` … `B`, then `m` for minor. */
  readonly key: string | null;
  /** Of the file as it was decoded, which corrects what its header or tags say; undefined where that stands. */
  readonly durationMs?: number;
  readonly sampleRate?: number;
  readonly channels?: number;
  /** The file gave less than it promises. */
  readonly isIncomplete?: boolean;
}

/** An analysis that failed. */
export interface AttemptMarks extends KnownStamp {
  /** Why: the code of the failure. */
  readonly code: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** What it depended on besides the file; under the same, and with the same file, it would come to nothing again. */
  readonly under: string;
}

/** What a write of ours leaves on its track, so that the next scan does not take it for somebody else's change. */
export interface TaggedMarks extends KnownStamp, Partial<Pick<FileStamp, 'inode'>> {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly provenance: string;
}

/** Facts about a track that come from elsewhere than a scan's reading of its tags. */
export function createTrackMarks(db: Database) {
  const analyzed = db.prepare(`
    UPDATE track SET analyzed_at = @analyzedAt, analysis_version = @version, bpm = @bpm, musical_key = @key,
      duration_ms = COALESCE(@durationMs, duration_ms), sample_rate = COALESCE(@sampleRate, sample_rate),
      channels = COALESCE(@channels, channels), is_incomplete = @isIncomplete, attempt_code = NULL
    WHERE id = @id`);
  const attempted = db.prepare(`
    UPDATE track SET attempt_code = @code, attempt_at = @at, attempt_under = @under,
      attempt_size_bytes = @sizeBytes, attempt_mtime_ms = @mtimeMs
    WHERE id = @id`);
  const forgetShort = db.prepare(`
    UPDATE track SET attempt_code = NULL
    WHERE attempt_code = 'too_short' AND (duration_ms IS NULL OR duration_ms >= ?)`);
  const vain = db.prepare<[number, string], { id: number; code: string }>(`
    SELECT id, attempt_code AS code FROM track INDEXED BY track_attempted
    WHERE library_id = ? AND attempt_code IS NOT NULL AND attempt_size_bytes = size_bytes
      AND attempt_mtime_ms = mtime_ms AND attempt_under IN (SELECT value FROM json_each(?))`);
  const tagged = db.prepare(`
    UPDATE track SET tagged_at = @at, tagged_with = @provenance, size_bytes = @sizeBytes, mtime_ms = @mtimeMs,
      inode = COALESCE(@inode, inode)
    WHERE id = @id`);
  const untagged = db.prepare(`
    UPDATE track SET tagged_at = NULL, tagged_with = NULL, size_bytes = @sizeBytes, mtime_ms = @mtimeMs,
      inode = COALESCE(@inode, inode)
    WHERE id = @id`);
  const hash = db.prepare('UPDATE track SET payload_hash = ? WHERE id = ?');
  const nomarrTags = db.prepare('UPDATE track SET nomarr_tags = ? WHERE id = ?');
  const neverTouch = db.prepare('UPDATE track SET never_touch = ? WHERE id = ?');
  const missing = db.prepare('UPDATE track SET missing_since = ? WHERE id = ? AND missing_since IS NULL');
  const removeOne = db.prepare('DELETE FROM track WHERE id = ?');
  const remove = db.prepare('DELETE FROM track WHERE id IN (SELECT id FROM track WHERE library_id = ? LIMIT ?)');

  return {
    markAnalyzed(id: number, marks: AnalysisMarks): void {
      const { durationMs = null, sampleRate = null, channels = null, isIncomplete = false } = marks;
      analyzed.run({ ...marks, durationMs, sampleRate, channels, isIncomplete: isIncomplete ? 1 : 0, id });
    },
    markAttempt(id: number, marks: AttemptMarks): void {
      attempted.run({ ...marks, id });
    },
    /** Lets tracks wait again that were too short and are not, when this is the least; tells how many. */
    forgetTooShort: (leastMs: number): number => forgetShort.run(leastMs).changes,
    /** Tracks of a library that would come to nothing again under these circumstances, each with its code. */
    listKnownFailures: (libraryId: number, under: readonly string[]): { id: number; code: string }[] =>
      vain.all(libraryId, JSON.stringify(under)),
    markTagged(id: number, marks: TaggedMarks): void {
      tagged.run({ inode: null, ...marks, id });
    },
    /** After an undo: the file has none of our tags any more. */
    markUntagged(id: number, file: KnownStamp & Partial<Pick<FileStamp, 'inode'>>): void {
      untagged.run({ inode: null, ...file, id });
    },
    setPayloadHash(id: number, payloadHash: string): void {
      hash.run(payloadHash, id);
    },
    /** How many tags of Nomarr's are in the file now. */
    setNomarrTags(id: number, count: number): void {
      nomarrTags.run(count, id);
    },
    setNeverTouch(id: number, value: boolean): void {
      neverTouch.run(value ? 1 : 0, id);
    },
    /** Marks tracks whose file is gone; those that are marked already keep their time. */
    markMissing(ids: readonly number[], at: Date): void {
      for (const id of ids) missing.run(at.toISOString(), id);
    },
    /** Removes a track with its analyses. */
    remove(id: number): void {
      removeOne.run(id);
    },
    /** Removes up to `limit` tracks of a library with their analyses; tells how many. */
    removeSome: (libraryId: number, limit: number): number => remove.run(libraryId, limit).changes,
  };
}
