import { anAnalysis } from '../../../test/support/analysis';
import { createAnalysisRepository } from '../../analysis/inference';
import { createTrackRepository } from '../../library/tracks';
import { openDatabase } from '../../platform/database';

export interface SimilarTrack {
  readonly title: string;
  readonly artist?: string;
  readonly album?: string;
  readonly genre?: string;
  readonly year?: number;
  readonly seconds?: number;
  readonly bpm?: number;
  readonly key?: string;
  readonly moods?: Readonly<Record<string, 1 | 2 | 3>>;
  readonly library?: number;
  /** No vector where it is left out. */
  readonly vector?: readonly number[];
  readonly version?: string;
}

/** A library of tracks that were analyzed, with two library folders `/one` and `/two`; `ids` by title. */
export function anAnalyzedLibrary(analyzed: readonly SimilarTrack[]) {
  const db = openDatabase(':memory:');
  for (const name of ['one', 'two'])
    db.prepare("INSERT INTO library (name, root_path, created_at, updated_at) VALUES (?, ?, '', '')").run(
      name,
      `/${name}`,
    );
  const tracks = createTrackRepository(db);
  const analyses = createAnalysisRepository(db);
  const mood = db.prepare('INSERT INTO track_mood (track_id, mood, tier) VALUES (?, ?, ?)');
  const ids = new Map<string, number>();

  function push(id: number, vector: readonly number[], version = 'v1', backbone = 'musicnn'): void {
    const embeddings = [{ backbone, vector: Float32Array.from(vector) }];
    analyses.save(id, { sizeBytes: 1, mtimeMs: 1 }, anAnalysis({ version, embeddings, heads: [] }));
  }

  function add({
    title,
    artist = '',
    album = '',
    genre = '',
    year,
    seconds = 200,
    bpm,
    key,
    ...rest
  }: SimilarTrack): number {
    const texts = { container: 'mp3', title, artist, albumArtist: artist, album, genre };
    const numbers = {
      durationMs: seconds * 1000,
      sampleRate: 44_100,
      channels: 2,
      bitrate: 320_000,
      year: year ?? null,
    };
    const metadata = { ...texts, ...numbers, trackNumber: null, discNumber: null };
    const path = `${title}.mp3`;
    const file = { libraryId: rest.library ?? 1, path, pathBytes: null, sizeBytes: 1, mtimeMs: 1, inode: title };
    const id = tracks.add(file, { metadata });
    ids.set(title, id);
    const version = rest.version ?? 'v1';
    if (bpm !== undefined || key !== undefined)
      tracks.markAnalyzed(id, { analyzedAt: '2026-01-01', version, bpm: bpm ?? null, key: key ?? null });
    if (rest.vector) push(id, rest.vector, version);
    for (const [name, tier] of Object.entries(rest.moods ?? {})) mood.run(id, name, tier);
    return id;
  }

  analyzed.forEach(add);
  return { db, tracks, analyses, add, push, id: (title: string) => ids.get(title)! };
}
