import type { HeadOutline } from '../../../library/moods';
import { type Database, offerStillWanted } from '../../../platform/database';
import { tracksFor } from './columns';
import { createMemory } from './memory';
import type { Sql } from './sql';

/** Which tracks, in which order, and which of them. */
export interface Selection {
  /** Undefined: every track. */
  readonly where: Sql | undefined;
  readonly order: Sql;
  readonly limit?: number;
  readonly limitPercent?: number;
  readonly offset?: number;
}

export interface SelectedTrack {
  readonly id: number;
  /** Absolute, forward slashes. */
  readonly path: string;
  readonly libraryId: number;
  /** In its library. */
  readonly relativePath: string;
  readonly title: string;
  readonly artist: string;
  readonly album: string;
  readonly durationMs: number | null;
}

export interface Selected {
  /** How many the rules match, whatever the limit. */
  readonly matched: number;
  /** How many of them the playlist holds. */
  readonly total: number;
  /** The first of them. */
  readonly tracks: SelectedTrack[];
}

/** A head that was used, with how many tracks were analyzed with one like it. */
export type AnalyzedHead = HeadOutline & { readonly tracks: number };

/** What playlists ask of the reader's thread. */
export function createPlaylistQueries(db: Database) {
  const versions = db.prepare<[], { version: string; id: number; tracks: number }>(`
    SELECT analysis_version AS version, COUNT(*) AS tracks,
      (SELECT MAX(id) FROM analysis WHERE track_id = track.id AND version = analysis_version) AS id
    FROM track WHERE analysis_version IS NOT NULL GROUP BY analysis_version`);
  const labels = db.prepare<[number], { head: string; kind: HeadOutline['kind']; label: string }>(
    'SELECT head, kind, label FROM score WHERE analysis_id = ? ORDER BY head, position',
  );

  const moods = db.prepare<[], string>('SELECT DISTINCT mood FROM track_mood ORDER BY mood').pluck();
  const genres = db
    .prepare<[number], string>(`
      SELECT value FROM track_text JOIN json_each(texts, '$.genre')
      GROUP BY value ORDER BY COUNT(*) DESC, value LIMIT ?`)
    .pluck();

  const memory = createMemory(db);
  offerStillWanted(db);

  /** The tracks that match. */
  function matching(where: Sql | undefined): string {
    return `FROM ${tracksFor(where?.text ?? '')} WHERE t.missing_since IS NULL${where ? ` AND still_wanted() AND ${where.text}` : ''}`;
  }

  function count({ where }: Pick<Selection, 'where'>): number {
    const question = `SELECT COUNT(*) ${matching(where)}`;
    const values = where?.values ?? [];
    return memory.recall(
      question,
      values,
      () =>
        db
          .prepare<unknown[], number>(question)
          .pluck()
          .get(...values)!,
    );
  }

  function idsOf({ where }: Pick<Selection, 'where'>): number[] {
    const question = db.prepare<unknown[], number>(`SELECT t.id ${matching(where)}`).pluck();
    return question.all(...(where?.values ?? []));
  }

  function analyzedHeads(): AnalyzedHead[] {
    const heads = new Map<string, AnalyzedHead>();
    for (const { id, tracks } of versions.all()) {
      for (const [head, rows] of Map.groupBy(id === null ? [] : labels.all(id), (row) => row.head)) {
        const known = heads.get(head) ?? { head, kind: rows[0].kind, labels: [], tracks: 0 };
        const merged = [...new Set([...known.labels, ...rows.map(({ label }) => label)])];
        heads.set(head, { ...known, labels: merged, tracks: known.tracks + tracks });
      }
    }
    return [...heads.values()].sort((a, b) => (a.head < b.head ? -1 : 1));
  }

  return {
    /** The heads that the library was analyzed with, each once, with how many tracks a head like this was used for. */
    'playlists.heads': (_: Record<string, never>): AnalyzedHead[] => memory.recall('heads', [], analyzedHeads),
    'playlists.count': count,
    /** Words to choose from: the moods of the library, and the commonest genres of its files. */
    'playlists.words': ({ most }: { most: number }) =>
      memory.recall('words', [most], () => ({ moods: moods.all(), genres: genres.all(most) })),
    /** The tracks of a playlist, at most `most` of them. */
    'playlists.select': ({ selection, most }: { selection: Selection; most: number }): Selected => {
      const { order, limit, limitPercent, offset = 0 } = selection;
      const ids = most > 0 ? idsOf(selection) : [];
      const matched = most > 0 ? ids.length : count(selection);
      const share = limitPercent === undefined ? matched : Math.max(1, Math.floor((matched * limitPercent) / 100));
      const skipped = limit === undefined && limitPercent === undefined ? 0 : offset;
      const total = Math.min(limit ?? share, Math.max(0, matched - skipped));
      if (most === 0) return { matched, total, tracks: [] };
      // Whether a track matches is asked once, what it is sorted by of those alone that do.
      const tracks = db
        .prepare<unknown[], SelectedTrack>(`
          SELECT t.id, root_path || '/' || t.path AS path, t.library_id AS libraryId,
            t.path AS relativePath, t.title, t.artist, t.album, t.duration_ms AS durationMs
          FROM json_each(?) AS found CROSS JOIN ${tracksFor(order.text)} JOIN library l ON l.id = t.library_id
          WHERE t.id = found.value
          ORDER BY ${order.text} LIMIT ? OFFSET ?`)
        .all(JSON.stringify(ids), ...order.values, Math.min(most, total), skipped);
      return { matched, total, tracks };
    },
  };
}
export type PlaylistQueries = ReturnType<typeof createPlaylistQueries>;
