import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src-main/database';
import { payloadHash, STEPS } from '../../src-main/tagging';
import { builtScript } from '../built-script';
import { buildSmallFiles, hasFfmpeg } from '../corpus/build';
import { decodedMd5, forEach } from '../corpus/readers';
import { temporaryFolder } from '../small-music';
import { untilOver } from '../torture/minutes';
import { recoverAndCheck, shaOf } from './after-crash';
import { isLong, memory, times } from './cases';
import { recordFigure } from './figures';

const KILLS = times(25, 500);
const KILLS_A_STEP = times(1, 6);
const LINE = '0 corrupt, 0 missing, 0 left over, journal agrees';
const onDisk = temporaryFolder('killed');
const inMemory = temporaryFolder('killed', memory);
const PLACES = [
  ['a disk', onDisk.path],
  ['memory', inMemory.path],
];
let script: Awaited<ReturnType<typeof builtScript>>;

describe.skipIf(!hasFfmpeg)('A process that writes tags (needs ffmpeg)', () => {
  beforeAll(async () => {
    script = await builtScript('test/corpus/tagging-run.ts');
    await buildSmallFiles(join(onDisk.path, 'made'), 20);
  });
  afterAll(() => {
    for (const each of [script, onDisk, inMemory]) each.remove();
  });

  it.each(PLACES)(
    `loses nothing when it is killed ${KILLS} times at random moments, on %s`,
    async (place, folder) => {
      const bench = aFolder(join(folder, 'random'));
      const before = await soundsOf(bench.files);
      const isTimeLeft = isLong ? untilOver() : () => true;
      const all = { kills: 0, writes: 0, removed: 0 };
      for (; all.kills < KILLS && (all.kills < 25 || isTimeLeft()); all.kills++) {
        await killAtRandom(bench, all.kills);
        const after = await recoverAndCheck({ ...bench, undoAll: false });
        expect(after.complaints, `after kill ${all.kills}`).toEqual([]);
        all.removed += after.removed;
        all.writes = Math.max(all.writes, after.writes);
      }
      expect(await soundsOf(bench.files)).toEqual(before);
      expect((await recoverAndCheck({ ...bench, undoAll: true })).complaints).toEqual([]);
      // The kills must have struck while something was under way, or this would prove nothing.
      expect(all.writes).toBeGreaterThan(all.kills);
      expect(all.removed).toBeGreaterThan(all.kills / 5);
      const note = `${all.writes} writes, ${all.removed} half-made copies found and removed`;
      recordFigure('R5', {
        what: `killed at random moments, on ${place}`,
        cases: all.kills,
        passed: all.kills,
        line: LINE,
        note,
      });
    },
    1_200_000,
  );

  it.each(PLACES)(
    'loses nothing when it is killed at the beginning of each step, on %s',
    async (place, folder) => {
      let kills = 0;
      for (const step of STEPS) {
        const bench = aFolder(join(folder, step));
        for (let time = 1; time <= KILLS_A_STEP; time++) {
          await killAtStep(bench, step, time);
          const after = await recoverAndCheck({ ...bench, undoAll: time === KILLS_A_STEP });
          expect(after.complaints, `${step}, ${time}`).toEqual([]);
          expect(after.removed, step).toBe(['copy', 'sync-folder', 'settle'].includes(step) ? 0 : 1);
          kills++;
        }
        rmSync(bench.folder, { recursive: true });
      }
      const note = STEPS.join(', ');
      recordFigure('R5', { what: `killed at each step, on ${place}`, cases: kills, passed: kills, line: LINE, note });
    },
    1_200_000,
  );
});

interface Bench {
  readonly folder: string;
  readonly database: string;
  readonly files: readonly string[];
  readonly originals: ReadonlyMap<string, string>;
}

function aFolder(folder: string): Bench {
  mkdirSync(folder);
  cpSync(join(onDisk.path, 'made'), folder, { recursive: true });
  const files = readdirSync(folder)
    .sort()
    .map((name) => join(folder, name));
  const database = `${folder}.db`;
  openDatabase(database).close();
  return { folder, database, files, originals: new Map(files.map((path) => [path, shaOf(readFileSync(path))])) };
}

async function soundsOf(files: readonly string[]) {
  const sounds = new Map<string, unknown>();
  await forEach(files, async (path) => {
    sounds.set(path, { payload: await payloadHash(path), decoded: await decodedMd5(path) });
  });
  return sounds;
}

/** Kills after some steps, counted and not timed, so that a slow machine is struck at the same places; then a moment. */
async function killAtRandom(bench: Bench, round: number): Promise<void> {
  let left = 1 + ((round * 37) % 53);
  await killWhen(bench, round, {}, (printed) => {
    left -= printed.length;
    return left <= 0 ? (round % 5) / 2 : undefined;
  });
}

/** Kills at the beginning of a step, when the process comes there for the so manieth time. */
function killAtStep(bench: Bench, step: string, time: number): Promise<void> {
  const env = { TAGGING_STOP_AT: step, TAGGING_STOP_AFTER: String(1 + (time % 6)) };
  return killWhen(bench, time, env, (printed) => (printed.includes('!') ? 0 : undefined));
}

/** Starts the process and kills it so many milliseconds after what it printed says so. */
async function killWhen(
  { database, files }: Bench,
  seed: number,
  env: NodeJS.ProcessEnv,
  delayAfter: (printed: string) => number | undefined,
): Promise<void> {
  const child = spawn(process.execPath, [script.path, database, String(seed), ...files], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exit = once(child, 'exit');
  // The pipe stays open: a process that finds it closed would end by itself before it is struck.
  for await (const chunk of child.stdout.iterator({ destroyOnReturn: false })) {
    const delay = delayAfter(String(chunk));
    if (delay === undefined) continue;
    if (delay > 0) await setTimeout(delay);
    break;
  }
  child.kill('SIGKILL');
  const [, signal] = await exit;
  expect(signal).toBe('SIGKILL');
}
