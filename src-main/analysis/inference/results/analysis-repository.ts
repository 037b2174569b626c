import type { Database } from '../../../platform/database';
import type { KnownStamp } from '../../../platform/file-stamp';
import type { Analysis, Embedding, HeadKind, PooledScore, Preset } from '../session';
import { type DescriptorRow, descriptorsFromRow } from './descriptor-row';

/** An analysis as stored, without its scores; with the stamp of the file that it is of. */
export interface StoredAnalysis extends KnownStamp {
  readonly id: number;
  readonly trackId: number;
  readonly version: string;
  readonly preset: Preset;
  readonly durationS: number;
  readonly patches: number;
  readonly isShort: boolean;
  /** Gave less than it promises: it ended early, or parts of it could not be decoded. */
  readonly isTruncated: boolean;
  readonly expectedS: number | null;
  readonly decodedBy: string;
  readonly runtime: string;
  readonly createdAt: string;
}

/** One label's pooled activation, with the head it belongs to. */
export interface StoredScore extends PooledScore {
  readonly head: string;
  readonly backbone: string;
  readonly kind: HeadKind;
}

interface AnalysisRow {
  id: number;
  track_id: number;
  version: string;
  preset: Preset;
  duration_s: number;
  patches: number;
  is_short: 0 | 1;
  is_truncated: 0 | 1;
  expected_s: number | null;
  decoded_by: string;
  runtime: string;
  size_bytes: number;
  mtime_ms: number;
  created_at: string;
}

interface ScoreRow extends Pick<StoredScore, 'head' | 'backbone' | 'kind' | 'label' | 'mean' | 'std' | 'min' | 'max'> {
  trimmed_mean: number;
}

/** The analyses of each track: one row for each version of the analysis, with scores, embeddings and descriptors. */
export function createAnalysisRepository(db: Database, now: () => Date = () => new Date()) {
  const forget = db.prepare<[number, string]>('DELETE FROM analysis WHERE track_id = ? AND version = ?');
  const add = db.prepare(`
    INSERT INTO analysis (track_id, version, preset, duration_s, patches, is_short, is_truncated,
      expected_s, decoded_by, runtime, size_bytes, mtime_ms, created_at)
    VALUES (@trackId, @version, @preset, @durationS, @patches, @isShort, @isTruncated,
      @expectedS, @decodedBy, @runtime, @sizeBytes, @mtimeMs, @createdAt)`);
  const addScore = db.prepare(`
    INSERT INTO score (analysis_id, head, label, position, backbone, kind, mean, trimmed_mean, std, min, max)
    VALUES (@analysisId, @head, @label, @position, @backbone, @kind, @mean, @trimmedMean, @std, @min, @max)`);
  const addEmbedding = db.prepare('INSERT INTO embedding (analysis_id, backbone, vector) VALUES (?, ?, ?)');
  const addDescriptor = db.prepare(`
    INSERT INTO descriptor (analysis_id, loudness_lufs, loudness_range_lu, true_peak_dbtp, replaygain_gain_db,
      replaygain_peak, bpm, bpm_confidence, musical_key, scale, key_confidence)
    VALUES (@analysisId, @loudnessLufs, @loudnessRangeLu, @truePeakDbtp, @replaygainGainDb,
      @replaygainPeak, @bpm, @bpmConfidence, @key, @scale, @keyConfidence)`);
  const latest = db.prepare<[number], AnalysisRow>(
    'SELECT * FROM analysis WHERE track_id = ? ORDER BY created_at DESC, id DESC LIMIT 1',
  );
  const ofVersion = db.prepare<[number, string], AnalysisRow>(
    'SELECT * FROM analysis WHERE track_id = ? AND version = ?',
  );
  const carryOver = db.prepare<[number, number, number, number, number]>(`
    UPDATE analysis SET size_bytes = ?, mtime_ms = ? WHERE track_id = ? AND size_bytes = ? AND mtime_ms = ?`);
  const scores = db.prepare<[number], ScoreRow>('SELECT * FROM score WHERE analysis_id = ? ORDER BY head, position');
  const embeddings = db.prepare<[number], { backbone: string; vector: Buffer }>(
    'SELECT backbone, vector FROM embedding WHERE analysis_id = ? ORDER BY backbone',
  );
  const descriptor = db.prepare<[number], DescriptorRow>('SELECT * FROM descriptor WHERE analysis_id = ?');

  return {
    /** Stores all of an analysis or nothing; an earlier one of the same version gives way. Gives back its id. */
    save: db.transaction((trackId: number, file: KnownStamp, analysis: Analysis): number => {
      forget.run(trackId, analysis.version);
      const { isShort, isTruncated } = analysis;
      const createdAt = now().toISOString();
      const row = {
        ...analysis,
        ...file,
        trackId,
        createdAt,
        isShort: Number(isShort),
        isTruncated: Number(isTruncated),
      };
      const analysisId = Number(add.run(row).lastInsertRowid);
      for (const { scores, ...head } of analysis.heads) {
        for (const [position, score] of scores.entries()) addScore.run({ ...head, ...score, analysisId, position });
      }
      for (const { backbone, vector } of analysis.embeddings) addEmbedding.run(analysisId, backbone, toBlob(vector));
      if (analysis.descriptors) addDescriptor.run({ ...analysis.descriptors, analysisId });
      return analysisId;
    }),
    /** The newest of a track, whatever its version. */
    findLatest(trackId: number): StoredAnalysis | undefined {
      const row = latest.get(trackId);
      return row && toAnalysis(row);
    },
    find(trackId: number, version: string): StoredAnalysis | undefined {
      const row = ofVersion.get(trackId, version);
      return row && toAnalysis(row);
    },
    /** The tags of a file were changed and its audio was not: what was found in it before holds for it now. */
    carryOver(trackId: number, from: KnownStamp, to: KnownStamp): void {
      carryOver.run(to.sizeBytes, to.mtimeMs, trackId, from.sizeBytes, from.mtimeMs);
    },
    /** By head, and within a head in the order of its output. */
    listScores: (analysisId: number): StoredScore[] => scores.all(analysisId).map(toScore),
    listEmbeddings: (analysisId: number): Embedding[] =>
      embeddings.all(analysisId).map(({ backbone, vector }) => ({ backbone, vector: fromBlob(vector) })),
    findDescriptors(analysisId: number) {
      const row = descriptor.get(analysisId);
      return row && descriptorsFromRow(row);
    },
  };
}
export type AnalysisRepository = ReturnType<typeof createAnalysisRepository>;

function toAnalysis(row: AnalysisRow): StoredAnalysis {
  return {
    id: row.id,
    trackId: row.track_id,
    version: row.version,
    preset: row.preset,
    durationS: row.duration_s,
    patches: row.patches,
    isShort: row.is_short === 1,
    isTruncated: row.is_truncated === 1,
    expectedS: row.expected_s,
    decodedBy: row.decoded_by,
    runtime: row.runtime,
    sizeBytes: row.size_bytes,
    mtimeMs: row.mtime_ms,
    createdAt: row.created_at,
  };
}

function toScore(row: ScoreRow): StoredScore {
  const { head, backbone, kind, label, mean, std, min, max } = row;
  return { head, backbone, kind, label, mean, trimmedMean: row.trimmed_mean, std, min, max };
}

/** Little endian, as every machine that Tonearm runs on has it. */
function toBlob(vector: Float32Array): Buffer {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
}

/** A copy: the blob's memory need not begin at a multiple of four. */
function fromBlob(blob: Buffer): Float32Array {
  return new Float32Array(new Uint8Array(blob).buffer);
}
