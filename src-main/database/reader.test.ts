import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { insertRow } from '../../test/insert-row';
import { findPaths } from '../paths';
import type { ReaderQueries } from '../reader-queries';
import { openDatabase } from './database';
import { createReader } from './reader';

const folder = mkdtempSync(join(tmpdir(), 'tonearm-reader-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const ASKED = { tier: 'regular', limit: 30 } as const;

function aReader(name: string) {
  const paths = findPaths({ data: join(folder, name), models: [] });
  const file = join(folder, `${name}.db`);
  const db = openDatabase(file);
  const reports: unknown[] = [];
  const reader = createReader<ReaderQueries>(paths.readerEntry, file, (thrown) => reports.push(thrown));
  return { db, reader, reports };
}

it('answers in its own thread with what was written a moment before', async () => {
  const { db, reader } = aReader('fresh');
  insertRow(db, 'library', { id: 1, name: 'Music', root_path: '/music' });
  for (const id of [1, 2]) {
    insertRow(db, 'track', { id, library_id: 1, path: `${id}.flac`, analyzed_at: '2026-01-01' });
    insertRow(db, 'track_mood', { track_id: id, mood: 'happy', tier: 2 });
    const { mood_distribution } = await reader.read('analytics.moodDistribution', ASKED);
    expect(mood_distribution).toMatchObject([{ mood: 'happy', count: id }]);
  }
  await reader.stop();
  db.close();
});
