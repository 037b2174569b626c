import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { RECOVERY_STEPS, ROLLBACK_STEPS, STEPS } from '../../src-main/files/safe-files';
import { payloadHash } from '../../src-main/files/tag-formats';
import { openDatabase } from '../../src-main/platform/database';
import { buildSmallFiles } from '../corpus/build';
import { decodedMd5, forEach } from '../corpus/readers';
import { builtScript } from '../support/built-script';
import { requires } from '../support/requirements';
import { temporaryFolder } from '../support/small-music';
import { recoverAndCheck, shaOf } from './after-crash';
import { memory, times } from './cases';
import { recordFigure } from './figures';

const { describe } = requires('ffmpeg');

const KILLS = times(25, 500);
const ROUNDS = times(1, 6);
const LINE = '0 corrupt, 0 missing, 0 left over, journal agrees';
/** What a process that was killed at a step leaves: nothing, a copy, an open write, or both. */
const LEFT: Record<string, 'copy' | 'open' | 'both'> = {
  ...{ fill: 'copy', attributes: 'copy', verify: 'copy', sync: 'copy', journal: 'copy' },
  ...{ rename: 'both', discard: 'both', 'sync-folder': 'open', settle: 'open', rollback: 'open' },
};
const onDisk = temporaryFolder('killed');
const inMemory = temporaryFolder('killed', memory);
const PLACES = [
  ['a disk', onDisk.path],
  ['memory', inMemory.path],
];
/** At each step a plain run kills in memory only, where it is quick. */
const PLACES_OF_STEPS = PLACES.slice(times(1, 0));
let script: Awaited<ReturnType<typeof builtScript>>;

describe('A process that writes tags', () => {
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
      const all = { kills: 0, writes: 0, removed: 0 };
      for (; all.kills < KILLS; all.kills++) {
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

  it.each(PLACES_OF_STEPS)(
    'loses nothing when it is killed at the beginning of each step of a write, an undo, and of giving either up, on %s',
    async (place, folder) => {
      let kills = 0;
      const bench = aFolder(join(folder, 'steps'));
      for (const step of [...STEPS, ...ROLLBACK_STEPS]) {
        for (const way of WAYS) {
          for (let round = 1; round <= ROUNDS; round++) {
            await killAtStep(bench, step, way, round);
            const after = await recoverAndCheck({ ...bench, undoAll: false });
            expect(after.complaints, `${way} ${step}, ${round}`).toEqual([]);
            const { removed, unsettled } = after;
            expect([removed > 0, unsettled > removed], `${way} ${step}`).toEqual([hasCopy(step), isOpen(step)]);
            kills++;
          }
        }
      }
      expect((await recoverAndCheck({ ...bench, undoAll: true })).complaints).toEqual([]);
      const note = `${[...STEPS, ...ROLLBACK_STEPS].join(', ')}; of writing and of undoing`;
      recordFigure('R5', { what: `killed at each step, on ${place}`, cases: kills, passed: kills, line: LINE, note });
    },
    1_200_000,
  );

  it.each(PLACES_OF_STEPS)(
    'loses nothing when it is killed once more, and again, at the beginning of each step of its recovery, on %s',
    async (place, folder) => {
      let kills = 0;
      const bench = aFolder(join(folder, 'recovery'));
      for (const step of ['fill', 'rename', 'sync-folder', 'discard', 'rollback']) {
        for (const way of WAYS) {
          await killAtStep(bench, step, way, 1);
          for (const at of RECOVERY_STEPS.filter((each) => isReached(each, step))) {
            for (let round = 1; round <= ROUNDS; round++) {
              await killWhen(bench, 0, { TAGGING_RECOVER: '1', TAGGING_STOP_AT: at, TAGGING_STOP_AFTER: '1' }, AT_STOP);
              kills++;
            }
          }
          const after = await recoverAndCheck({ ...bench, undoAll: false });
          expect(after.complaints, `${way} ${step}`).toEqual([]);
          // What the recoveries before had done was done for good.
          expect(after.unsettled, `${way} ${step}`).toBe(0);
        }
      }
      expect((await recoverAndCheck({ ...bench, undoAll: true })).complaints).toEqual([]);
      const what = `killed at each step of recovery, on ${place}`;
      const note = `${RECOVERY_STEPS.join(', ')}; ${ROUNDS} times running each`;
      recordFigure('R5', { what, cases: kills, passed: kills, line: LINE, note });
    },
    1_200_000,
  );
});

const WAYS = ['write', 'undo'] as const;
const hasCopy = (step: string) => LEFT[step] === 'copy' || LEFT[step] === 'both';
const isOpen = (step: string) => LEFT[step] === 'open' || LEFT[step] === 'both';

/** Whether a recovery comes to a step of its own after a kill at a step. */
function isReached(at: (typeof RECOVERY_STEPS)[number], step: string): boolean {
  if (at === 'settle-open') return isOpen(step);
  return at === 'remove-copy' ? hasCopy(step) : true;
}

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
  await killWhen(bench, round, { TAGGING_AT_ONCE: '3' }, (printed) => {
    left -= printed.length;
    return left <= 0 ? (round % 5) / 2 : undefined;
  });
}

/** Kills at the beginning of a step, when the process comes there for the so manieth time. */
function killAtStep(bench: Bench, step: string, way: 'write' | 'undo', round: number): Promise<void> {
  const isRetreat = ROLLBACK_STEPS.some((each) => each === step);
  const env = { TAGGING_STOP_AT: step, TAGGING_STOP_WHILE: way, TAGGING_STOP_AFTER: String(1 + (round % 6)) };
  return killWhen(bench, round, { ...env, TAGGING_DISTURB: isRetreat ? '1' : '' }, AT_STOP);
}

const AT_STOP = (printed: string) => (printed.includes('!') ? 0 : undefined);

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
