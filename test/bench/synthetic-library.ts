import { MOOD_NUMBERS } from '../../src-main/library/moods';
import type { Database } from '../../src-main/platform/database';
import { withNumberLengths } from '../../src-main/platform/natural-order';

/** The heads of a set of models with two labels each, the first of which is written as a number. */
const HEADS = [
  ['mood_happy', 'happy', 'non_happy'],
  ['mood_sad', 'sad', 'non_sad'],
  ['mood_relaxed', 'relaxed', 'non_relaxed'],
  ['mood_aggressive', 'aggressive', 'not_aggressive'],
  ['mood_party', 'party', 'non_party'],
  ['mood_electronic', 'electronic', 'non_electronic'],
  ['mood_acoustic', 'acoustic', 'non_acoustic'],
  ['danceability', 'danceable', 'not_danceable'],
  ['tonal_atonal', 'tonal', 'atonal'],
  ['voice_instrumental', 'voice', 'instrumental'],
] as const;
const TERMS = [...MOOD_NUMBERS, 'danceable', 'tonal', 'atonal'];
const MORE_TERMS = ['vocal', 'instrumental', 'female vocals', 'male vocals', 'bright timbre', 'dark timbre'];

/**
 * Fills an empty database with as many tracks as one wants, each analyzed, with twenty scores, descriptors and about
 * five moods, spread over two libraries, 3000 artists, 60 genres and 70 years. By SQL alone: seconds instead of minutes.
 */
export function fillWithSyntheticTracks(db: Database, tracks: number): void {
  db.function('noise', { deterministic: true }, (seed: unknown, of: unknown) => noise(Number(seed), Number(of)));
  db.function('natural', { deterministic: true }, (counted: unknown) => withNumberLengths(String(counted)));
  db.exec('BEGIN');
  for (const id of [1, 2]) {
    db.prepare("INSERT INTO library (id, name, root_path, created_at, updated_at) VALUES (?, ?, ?, '', '')").run(
      ...[id, `Library ${id}`, `/music/${id}`],
    );
  }
  db.prepare(`
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
    INSERT INTO track (id, library_id, path, folder, size_bytes, mtime_ms, container, duration_ms, sample_rate, channels,
      bitrate, payload_hash, title, artist, album, genre, year, sort_title, sort_artist, sort_album, added_at, scanned_at,
      analyzed_at, analysis_version, bpm, musical_key, tagged_at, tagged_with)
    SELECT i, 1 + (i % 10 = 0), 'Artist ' || (i % 3000) || '/Album ' || (i / 12) || '/' || i || '.flac',
      'Artist ' || (i % 3000) || '/Album ' || (i / 12), 8000000 + i, i, CASE i % 4 WHEN 0 THEN 'mp3' ELSE 'flac' END,
      180000 + i % 90000, 44100, 2, 900000, hex(i * 1000003) || hex(i) || hex(i) || hex(i),
      'Title ' || i, 'Artist ' || (i % 3000), 'Album ' || (i / 12), 'Genre ' || CAST(noise(i, 1) * 60 AS INTEGER),
      1955 + CAST(noise(i, 2) * 70 AS INTEGER), 'title ' || natural(i), 'artist ' || natural(i % 3000), 'album ' || natural(i / 12),
      '2026-01-01', '2026-01-01', '2026-01-01', 'v' || (i % 20 = 0), 60 + ROUND(noise(i, 3) * 120, 1),
      CASE i % 24 / 12 WHEN 1 THEN 'C' ELSE 'Am' END, '2026-01-01', 'v0; calibration none'
    FROM n`).run(tracks);
  db.exec(`
    INSERT INTO analysis (id, track_id, version, preset, duration_s, patches, size_bytes, mtime_ms, created_at)
    SELECT id, id, analysis_version, 'balanced', duration_ms / 1000.0, 60, size_bytes, mtime_ms, '2026-01-01T00:00:00Z'
    FROM track;
    INSERT INTO descriptor SELECT id, ROUND(-20 + noise(id, 4) * 14, 2), 7, -1, -6, 0.9, bpm, noise(id, 5), 'C', 'major',
      noise(id, 6) FROM track;`);
  db.exec(`
    INSERT INTO track_text (track_id, texts, edition)
    SELECT id, json_object('artist', json_array(artist), 'albumartist', json_array(artist), 'genre', json_array(genre),
      'date', json_array(CAST(year AS TEXT)), 'comment', json_array('Ripped ' || id)), 1 FROM track;`);
  const addMood = db.prepare(`
    INSERT INTO track_mood SELECT id, @mood, 1 + CAST(noise(id, @of) * 1000 AS INTEGER) % 3
    FROM track WHERE noise(id, @of) < 0.3`);
  for (const [index, mood] of [...TERMS, ...MORE_TERMS].entries()) addMood.run({ mood, of: 10 + index });
  db.prepare(`
    INSERT INTO score
    SELECT analysis.id, head.value ->> 0, label.value, label.key - 1, 'musicnn', 'softmax',
      noise(analysis.id, head.key * 2 + label.key), noise(analysis.id, head.key * 2 + label.key), 0.05, 0.1, 0.9
    FROM (SELECT id FROM analysis ORDER BY id) AS analysis
    CROSS JOIN json_each(?) AS head CROSS JOIN json_each(head.value) AS label
    WHERE label.key > 0`).run(JSON.stringify(HEADS.toSorted()));
  db.exec('COMMIT');
}

/** A number 0…1 that is the same in each run. */
function noise(seed: number, of: number): number {
  let mixed = Math.imul(seed ^ Math.imul(of + 1, 0x9e3779b9), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
}
