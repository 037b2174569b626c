import { join } from 'node:path';
import type { Database } from '../../../platform/database';
import type { WriteMode } from '../../libraries/contract';

export interface StaleQuestion {
  /** What `writeFingerprint` says of each write mode now. */
  readonly manners: Readonly<Record<WriteMode, string>>;
  /** What `namesOf` says now. */
  readonly names: string;
  /** Null: of all libraries. */
  readonly libraryId: number | null;
  /** Files that say other moods than were decided; that hold older tags for any reason; all that hold tags. */
  readonly what: 'moods' | 'stale' | 'all';
}

export interface StaleFile {
  readonly trackId: number;
  readonly libraryId: number;
  readonly path: string;
  readonly audioMs: number | null;
}

interface FileRow {
  id: number;
  library_id: number;
  root_path: string;
  path: string;
  duration_ms: number | null;
}
interface Wanted {
  none: string;
  minimal: string;
  full: string;
  names: string;
  library: number | null;
  what: StaleQuestion['what'];
}

/** Tagged files that can be written and whose analysis would give them other tags now. */
const STALE = `
  FROM track
  JOIN library ON library.id = track.library_id
  JOIN mood_state ON mood_state.track_id = track.id
  JOIN analysis ON analysis.id = mood_state.analysis_id
  LEFT JOIN tag_state ON tag_state.track_id = track.id
  WHERE tagged_at IS NOT NULL AND missing_since IS NULL AND never_touch = 0 AND path_bytes IS NULL
    AND (@library IS NULL OR track.library_id = @library)
    AND (@what = 'all'
      OR (write_mode <> 'none' AND tag_state.moods IS NOT mood_state.moods)
      OR (@what = 'stale' AND (
        tag_state.manner IS NOT CASE write_mode WHEN 'none' THEN @none WHEN 'minimal' THEN @minimal ELSE @full END
        OR (write_mode = 'full' AND tag_state.analysis_version <> analysis.version))))`;

/** In `manner` the word for the names stands behind the mode. */
const HAS_OTHER_NAMES = `
  instr(tag_state.manner, ' ') > 0
  AND instr(substr(tag_state.manner, instr(tag_state.manner, ' ')) || ' ', ' ' || @names || ' ') <> 1`;

/** Finds the files whose tags are not what they would be if they were written now. */
export function createStaleQueries(db: Database) {
  const count = db.prepare<[Wanted], { libraryId: number; files: number; otherNames: number }>(`
    SELECT track.library_id AS libraryId, COUNT(*) AS files,
      COUNT(CASE WHEN write_mode <> 'none' AND ${HAS_OTHER_NAMES} THEN 1 END) AS otherNames
    ${STALE} GROUP BY 1 ORDER BY 1`);
  const list = db.prepare<[Wanted & { after: number; limit: number }], FileRow>(`
    SELECT track.id, track.library_id, root_path, track.path, duration_ms ${STALE} AND track.id > @after
    ORDER BY track.id LIMIT @limit`);
  const wanted = ({ manners, names, libraryId, what }: StaleQuestion): Wanted => {
    return { ...manners, names, library: libraryId, what };
  };

  return {
    'tagging.countStale': (question: StaleQuestion) => count.all(wanted(question)),
    'tagging.listStale': (question: StaleQuestion & { after: number; limit: number }): StaleFile[] => {
      const { after, limit } = question;
      return list.all({ ...wanted(question), after, limit }).map(({ id, library_id, root_path, path, duration_ms }) => {
        return { trackId: id, libraryId: library_id, path: join(root_path, path), audioMs: duration_ms };
      });
    },
  };
}
export type StaleQueries = ReturnType<typeof createStaleQueries>;
