import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { build } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { buildSmallFiles, hasFfmpeg } from '../../test/corpus/build';
import { decodedMd5, forEach } from '../../test/corpus/readers';
import { openDatabase } from '../database';
import { createTagWriter, payloadHash } from '.';

const KILLS = 50;
const ROOT = join(import.meta.dirname, '../..');
const sha = (path: string) => createHash('sha256').update(readFileSync(path)).digest('hex');
let base = '';
let script = '';

beforeAll(async () => {
  base = mkdtempSync(join(tmpdir(), 'tonearm-killed-'));
  // Beside our own modules, so that the process finds the packages they need.
  const outDir = mkdtempSync(join(ROOT, 'node_modules/.tonearm-test-'));
  script = join(outDir, 'tagging-run.js');
  const entry = join(ROOT, 'test/corpus/tagging-run.ts');
  await build({ configFile: false, logLevel: 'error', root: ROOT, build: { ssr: entry, outDir, emptyOutDir: true } });
});
afterAll(() => {
  rmSync(base, { recursive: true, force: true });
  rmSync(join(script, '..'), { recursive: true, force: true });
});

it.skipIf(!hasFfmpeg)(
  `loses nothing when it is killed ${KILLS} times at random moments (needs ffmpeg)`,
  async () => {
    const folder = join(base, 'music');
    const files = await buildSmallFiles(folder, 20);
    const originals = new Map(files.map((path) => [path, sha(path)]));
    const payloads = new Map<string, string>();
    for (const path of files) payloads.set(path, await payloadHash(path));
    const sounds = new Map<string, string | undefined>();
    await forEach(files, async (path) => void sounds.set(path, await decodedMd5(path)));

    const database = join(base, 'tonearm.db');
    openDatabase(database).close();
    const counts = { written: 0, abandoned: 0, removed: 0, writes: 0 };
    for (let round = 0; round < KILLS; round++) {
      await killOne(database, round, files);
      const db = openDatabase(database);
      const writer = createTagWriter({ db });
      const recovered = await writer.recover();
      counts.written += recovered.written;
      counts.abandoned += recovered.abandoned;
      counts.removed += recovered.removed;
      expect(readdirSync(folder).filter((name) => name.startsWith('.'))).toEqual([]);
      for (const path of files) {
        const entries = writer.list({ path });
        const latest = entries.find(({ state }) => state === 'written');
        expect(sha(path), `${path} after kill ${round}`).toBe(latest?.newFileHash ?? originals.get(path));
        expect(entries.every(({ state }) => state !== 'prepared' && state !== 'undoing')).toBe(true);
        counts.writes = Math.max(counts.writes, entries[0]?.id ?? 0);
      }
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
      db.close();
    }
    for (const path of files) expect(await payloadHash(path)).toBe(payloads.get(path));
    await forEach(files, async (path) => expect(await decodedMd5(path), path).toBe(sounds.get(path)));
    await undoAll(database, files);
    for (const path of files) expect(sha(path)).toBe(originals.get(path));
    // The kills must have struck while something was under way, or this would prove nothing.
    expect(counts.writes).toBeGreaterThan(KILLS);
    expect(counts.removed).toBeGreaterThan(KILLS / 5);
  },
  180_000,
);

/** Kills after some steps, counted and not timed, so that a slow machine is struck at the same places; then a moment. */
async function killOne(database: string, round: number, files: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [script, database, String(round), ...files], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  let left = 1 + ((round * 37) % 53);
  // The pipe stays open: a process that finds it closed would end by itself before it is struck.
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    left -= chunk.length;
    if (left <= 0) break;
  }
  await setTimeout((round % 5) / 2);
  child.kill('SIGKILL');
  const [, signal] = await exit;
  expect(signal).toBe('SIGKILL');
}

async function undoAll(database: string, files: readonly string[]): Promise<void> {
  const db = openDatabase(database);
  const writer = createTagWriter({ db, reserveBytes: 0 });
  for (const path of files) {
    while (writer.list({ path }).some(({ state }) => state === 'written')) await writer.undoFile(path);
  }
  db.close();
}
