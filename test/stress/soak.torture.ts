import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { openDatabase } from '../../src-main/platform/database';
import { findPaths } from '../../src-main/platform/paths/paths';
import { fillWithSyntheticTracks } from '../bench/synthetic-library';
import { leftOvers, makeMusic, printsOf } from '../e2e/music';
import { randomOf } from '../e2e/random';
import { type Served, serve, unaccounted, until, workersOf } from '../e2e/served';
import { recordFigure } from '../reliability/figures';
import { requires } from '../support/requirements';
import { temporaryFolder } from '../support/small-music';
import { writeTinyModels } from '../support/tiny-model';
import { MINUTES, SEED, untilOver } from './minutes';
import { growthOf, leakedFiles, type VitalSigns, vitalSignsOf } from './vital-signs';

const { it } = requires('ffmpeg', 'linux');

const TRACKS = 100_000;
const FILES = 45;
/** Once a minute; more often in a run too short to learn anything from that, but not before it works again. */
const KILL_EVERY_MS = Math.min(60_000, Math.max(20_000, (MINUTES * 60_000) / 40));
/** Of the time: in it the application itself may be killed too. The rest is one life, of which memory is measured. */
const MANY_LIVES = 0.3;
/** Of that life: memory still finds its size. */
const WARM_UP = 0.3;
/** Shorter ones swing by more than the line allows in an hour. */
const TELLING_HOURS = 4;
const PRESETS = ['fast', 'precise', 'balanced'] as const;
const folder = temporaryFolder('soak');
const music = join(folder.path, 'music');
const random = randomOf(SEED);
let soak: Soak | undefined;
afterAll(async () => {
  await soak?.app.kill();
  folder.remove();
});

interface Soak {
  app: Served;
  readonly options: { readonly data: string; readonly models: string };
  nextKillMs: number;
  readonly kills: { ofWorkers: number; ofTheApplication: number };
  readonly batches: number[];
}

/** The application with a large library that it only knows, and a small one that it listens to. */
async function prepare(): Promise<Soak> {
  const options = { data: join(folder.path, 'data'), models: writeTinyModels(join(folder.path, 'models')) };
  mkdirSync(options.data);
  const db = openDatabase(findPaths({ data: options.data, models: [] }).database);
  fillWithSyntheticTracks(db, TRACKS);
  db.close();
  const app = await serve(options);
  await app.api.libraries.add({ root_path: music, watchMode: 'off' });
  const kills = { ofWorkers: 0, ofTheApplication: 0 };
  return { app, options, nextKillMs: performance.now() + KILL_EVERY_MS, kills, batches: [] };
}

/** Kills whatever chance points at, when it is time for it; what was the application is started again. */
async function strikeIfDue(soak: Soak, mayStrikeAll: boolean): Promise<void> {
  if (performance.now() < soak.nextKillMs) return;
  const workers = workersOf(soak.options.data);
  const targets = mayStrikeAll ? [...workers, soak.app.pid] : workers;
  if (targets.length === 0) return;
  soak.nextKillMs = performance.now() + KILL_EVERY_MS * (0.5 + random());
  const target = targets[Math.floor(random() * targets.length)];
  if (target !== soak.app.pid) {
    process.kill(target, 'SIGKILL');
    soak.kills.ofWorkers += 1;
    return;
  }
  await soak.app.kill();
  soak.kills.ofTheApplication += 1;
  soak.app = await serve(soak.options);
}

/** Has every file heard and tagged anew, under fire, and looks around in the large library as a person would. */
async function listenToAll(soak: Soak, mayStrikeAll: boolean): Promise<void> {
  const preset = PRESETS[soak.batches.length % PRESETS.length];
  const { batch_id: batchId } = await soak.app.api.queue.tag({ path: music, force: true, preset });
  soak.batches.push(batchId);
  await soak.app.api.tracks.list({ query: `title ${Math.floor(random() * TRACKS)}` });
  await soak.app.api.analytics.overview({});
  const isOver = async () => {
    await strikeIfDue(soak, mayStrikeAll);
    const { held_reason: held, pending, running } = await soak.app.api.queue.status({});
    // Too many deaths in a short time halt it until a person has looked.
    if (held) await soak.app.api.queue.resume({});
    return pending + running === 0;
  };
  await until(`batch ${batchId} to end`, isOver, 600_000);
}

/**
 * Found = done + skipped + failed + pending, of each request for work and of the library. Gives how often a file was left
 * alone because chance had struck twice over it, which is all that may keep one from being heard.
 */
async function checkAccounts({ app, batches }: Soak): Promise<number> {
  let leftAlone = 0;
  for (const batchId of batches) {
    const batch = await app.api.queue.batch({ batch_id: batchId });
    expect(batch).toMatchObject({ found: FILES, pending: 0, running: 0 });
    expect(unaccounted(batch)).toBe(0);
    for (const { reason } of batch.failed) expect(reason).toBe('quarantined');
    for (const { reason } of batch.skipped) expect(reason).toBe('done_later');
    leftAlone += FILES - batch.done;
  }
  const of = await app.api.analytics.coverage({});
  expect(of.found).toBe(TRACKS + FILES);
  expect(of.missing + of.analyzedCurrent + of.analyzedOlder + of.skipped + of.failed + of.waiting).toBe(of.found);
  return leftAlone;
}

it(`knows ${TRACKS} tracks and listens on and on while processes are killed: every file accounted for, nothing that grows`, async () => {
  const files = await makeMusic(music, FILES);
  const before = await printsOf(files);
  soak = await prepare();
  const isEarly = untilOver(MANY_LIVES);
  const isTimeLeft = untilOver();
  while (isEarly()) await listenToAll(soak, true);
  const signs: VitalSigns[] = [];
  for (const { pid } = soak.app; signs.length < 9 || isTimeLeft(); ) {
    await listenToAll(soak, false);
    signs.push(vitalSignsOf(pid));
  }
  const leftAlone = await checkAccounts(soak);
  const { kills, batches, options } = soak;
  expect(await soak.app.stop()).toBe(0);
  await until('the workers to leave', () => workersOf(options.data).length === 0);
  expect(leftOvers(music)).toEqual([]);
  for (const [path, { payload, sound }] of await printsOf(files))
    expect({ payload, sound }, path).toEqual({ payload: before.get(path)!.payload, sound: before.get(path)!.sound });
  const warm = signs.slice(Math.floor(signs.length * WARM_UP));
  tell(warm, { ...kills, leftAlone, analyzed: batches.length * FILES });
});

interface Received {
  readonly analyzed: number;
  readonly leftAlone: number;
  readonly ofWorkers: number;
  readonly ofTheApplication: number;
}

function tell(signs: readonly VitalSigns[], { analyzed, leftAlone, ofWorkers, ofTheApplication }: Received): void {
  const hours = (signs.at(-1)!.atMs - signs[0].atMs) / 3_600_000;
  const growth = growthOf(signs);
  const [first, last] = [signs[0], signs.at(-1)!].map(({ megabytes }) => `${megabytes.toFixed(0)} MB`);
  recordFigure('R20', {
    what: `${TRACKS} tracks known, ${FILES} files heard and tagged again and again, a random process killed every ${(KILL_EVERY_MS / 1000).toFixed(0)} s`,
    ...{
      cases: analyzed,
      passed: analyzed,
      line: 'found = done + skipped + failed + pending, exactly; every audio as before',
    },
    note: `${ofWorkers} workers and ${ofTheApplication} times the application killed; ${leftAlone} times a file was left alone after two kills over it; seed ${SEED}`,
  });
  recordFigure('R20', {
    what: 'resident memory and open files of the application, after warm-up, each time it has nothing to do',
    ...{ cases: signs.length, passed: signs.length, line: '< 1 MB/h in 24 h, no open file more' },
    note: `${(hours * 60).toFixed(1)} minutes: ${growth.toFixed(1)} MB/h (${first} → ${last}), ${leakedFiles(signs)} files more${hours < TELLING_HOURS ? '; too short to tell of a day' : ''}`,
  });
  expect(leakedFiles(signs)).toBe(0);
  if (hours >= TELLING_HOURS) expect(growth).toBeLessThan(1);
}
