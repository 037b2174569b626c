import { insertRow } from '../../../test/support/insert-row';
import { type Analysis, createAnalysisRepository, type HeadScores } from '../../analysis/inference';
import { createTrackRepository } from '../../library/tracks';
import { type Database, openDatabase } from '../../platform/database';
import { LEAST_OF_TIER, type TierName } from './counting/tier-names';

export const VERSION = '1/now';

/** A track to put into the library; what is not named is unknown, unheard or ordinary. */
export interface Made {
  readonly library?: number;
  readonly artist?: string;
  readonly genre?: string;
  readonly year?: number;
  readonly container?: string;
  readonly durationMs?: number;
  readonly sizeBytes?: number;
  readonly isMissing?: boolean;
  readonly unreadable?: string;
  readonly knownFailures?: string;
  readonly tagged?: string;
  /** Analyzed, with this result; the version is the current one unless it says another. */
  readonly analyzed?: { version?: string; moods?: Partial<Record<TierName, string[]>> } & Partial<
    Pick<Analysis, 'heads' | 'descriptors'>
  >;
}

/** A database with the real schema, filled through the repositories that fill it in the product. */
export function aLibraryOf(made: readonly Made[], db: Database = openDatabase(':memory:')): Database {
  const tracks = createTrackRepository(db);
  const analyses = createAnalysisRepository(db, () => new Date('2026-02-01T00:00:00Z'));
  for (const id of new Set(made.map(({ library = 1 }) => library))) {
    insertRow(db, 'library', { id, name: `Library ${id}`, root_path: `/music/${id}` });
  }
  db.transaction(() => {
    for (const [index, each] of made.entries()) addTrack(each, index);
  })();
  return db;

  function addTrack(each: Made, index: number): void {
    const { library = 1, sizeBytes = 1000, durationMs = 200_000, analyzed } = each;
    const path = `folder/${index}.flac`;
    const file = { sizeBytes, mtimeMs: 1 };
    const found = { libraryId: library, path, pathBytes: null, inode: String(index), ...file };
    const id = tracks.add(
      found,
      each.unreadable === undefined
        ? { metadata: metadataOf(each, index, durationMs) }
        : { failure: { code: each.unreadable, message: 'It cannot be read.' } },
    );
    if (analyzed) saveAnalysis(id, file, analyzed);
    if (each.knownFailures) {
      tracks.markAttempt(id, { code: each.knownFailures, at: '2026-01-01T00:00:00Z', under: VERSION, ...file });
    }
    if (each.tagged) tracks.markTagged(id, { at: '2026-01-01T00:00:00Z', provenance: each.tagged, ...file });
    if (each.isMissing) tracks.markMissing([id], new Date('2026-01-02T00:00:00Z'));
  }

  function saveAnalysis(
    id: number,
    file: { sizeBytes: number; mtimeMs: number },
    analyzed: NonNullable<Made['analyzed']>,
  ): void {
    const { version = VERSION, moods = {}, heads = [], descriptors = null } = analyzed;
    analyses.save(id, file, { ...ANALYSIS, version, heads, descriptors });
    const { bpm = null, key = null, scale = null } = descriptors ?? {};
    const keyName = key === null ? null : `${key}${scale === 'minor' ? 'm' : ''}`;
    tracks.markAnalyzed(id, { analyzedAt: '2026-01-01T00:00:00Z', version, bpm, key: keyName });
    const mood = db.prepare('INSERT INTO track_mood (track_id, mood, tier) VALUES (?, ?, ?)');
    for (const [tier, terms] of Object.entries(moods)) {
      for (const term of terms) mood.run(id, term, LEAST_OF_TIER[tier as TierName]);
    }
  }
}

const ANALYSIS: Omit<Analysis, 'version' | 'heads' | 'descriptors'> = {
  preset: 'balanced',
  durationS: 200,
  patches: 60,
  isShort: false,
  isTruncated: false,
  expectedS: null,
  decodedBy: 'builtin',
  runtime: 'onnxruntime',
  sound: null,
  embeddings: [],
};

function metadataOf({ artist = '', genre = '', year, container = 'flac' }: Made, index: number, durationMs: number) {
  const numbers = {
    durationMs,
    sampleRate: 44_100,
    channels: 2,
    bitrate: 900_000,
    trackNumber: null,
    discNumber: null,
  };
  const texts = { container, title: `Title ${index}`, artist, albumArtist: artist, album: '', genre };
  return { ...numbers, ...texts, year: year ?? null };
}

/** A head's activations by label. */
export function aHead(head: string, scores: Record<string, number>, kind: HeadScores['kind'] = 'softmax'): HeadScores {
  const pooled = Object.entries(scores).map(([label, value]) => ({
    ...{ label, mean: value, trimmedMean: value, std: 0.05, min: value, max: value },
  }));
  return { head, backbone: 'musicnn', kind, scores: pooled };
}
