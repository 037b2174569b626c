import { anAnalysis } from '../../../test/support/analysis';
import { insertRow } from '../../../test/support/insert-row';
import { createAnalysisRepository, type HeadScores } from '../../analysis/inference';
import { openDatabase } from '../../platform/database';

/** `{ mood_happy: { happy: 0.7, non_happy: 0.3 } }` */
export type ScoresByHead = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** A library in memory whose tracks were all analyzed, each with the scores that the test gives it. */
export function anAnalyzedLibrary(count = 0, scoresOf: (track: number) => ScoresByHead = () => ({}), version = 'v1') {
  const db = openDatabase(':memory:');
  let now = Date.parse('2026-01-01T00:00:00Z');
  const analyses = createAnalysisRepository(db, () => new Date(now++));
  insertRow(db, 'library', { id: 1, name: 'Music', root_path: '/music', write_mode: 'full' });

  /** Gives back the analysis. */
  function push(track: number, scores: ScoresByHead, { version: analyzedBy = version, std = 0.01 } = {}): number {
    return analyses.save(
      track,
      { sizeBytes: 1, mtimeMs: 1 },
      anAnalysis({ version: analyzedBy, heads: headsOf(scores, std), embeddings: [], descriptors: null }),
    );
  }

  for (let id = 1; id <= count; id++) {
    insertRow(db, 'track', { id, library_id: 1, path: `${id}.mp3`, title: `Song ${id}`, artist: `Artist ${id}` });
    push(id, scoresOf(id));
  }
  const moodsOf = db.prepare<[number], string>(`
    SELECT group_concat(mood || ':' || tier) FROM (SELECT * FROM track_mood WHERE track_id = ? ORDER BY mood)`);
  moodsOf.pluck();
  return {
    ...{ db, analyses, push },
    /** `happy:3,sad:1`, as the rows have it. */
    moodsOf: (track: number): string => moodsOf.get(track) ?? '',
    allMoods: (): Record<number, string> =>
      Object.fromEntries(Array.from({ length: count }, (_, i) => [i + 1, moodsOf.get(i + 1) ?? ''])),
  };
}
export type AnalyzedLibrary = ReturnType<typeof anAnalyzedLibrary>;

export function headsOf(scores: ScoresByHead, std: number | null = 0.01): HeadScores[] {
  return Object.entries(scores).map(([head, labels]) => ({
    head,
    backbone: 'musicnn',
    kind: 'softmax',
    scores: Object.entries(labels).map(([label, score]) => {
      return { label, mean: score, trimmedMean: score, std, min: score, max: score };
    }),
  }));
}

/** Two labels of one head that share 1 between them. */
export const happy = (score: number): ScoresByHead => ({ mood_happy: { happy: score, non_happy: 1 - score } });
