import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AUDIO_EXTENSIONS } from '../../src-main/analysis/audio';
import type { BatchSummary, JobView } from '../../src-main/jobs/queue/contract';
import { dsdBytes, id3v22, monkeysBytes, musepackBytes } from '../corpus/bytes';
import { makeMalformed, type Whole } from '../corpus/malformed';
import { requires } from '../support/requirements';
import { temporaryFolder } from '../support/small-music';
import { writeTinyModels } from '../support/tiny-model';
import { type HostileNames, putHostileNames } from './hostile-names';
import { leftOvers, makeMusic } from './music';
import { batchEnded, jobsOf, type Served, serve, unaccounted, until, workersOf } from './served';

const { describe } = requires('ffmpeg', 'linux');

/** No file may keep a worker for longer, not even one of ten gigabytes. */
const folder = temporaryFolder('whole-malformed');
const music = join(folder.path, 'music');

let app: Served;
let malformed: string[] = [];
let good: string[] = [];
let names: HostileNames;
let before = new Map<string, string>();
let batch: BatchSummary;
let jobs = new Map<string, JobView>();

describe('A library of malformed files', () => {
  beforeAll(async () => {
    makeLibrary(await makeMusic(join(folder.path, 'made'), 9));
    before = fingerprints();
    const data = join(folder.path, 'data');
    app = await serve({ data, models: writeTinyModels(join(folder.path, 'models')) });
  }, 120_000);
  afterAll(async () => {
    await app?.kill();
    folder.remove();
  });

  it('is scanned and tagged to its end, every file accounted for, and more than 60 of them malformed', async () => {
    expect(malformed.length).toBeGreaterThan(60);
    const { id } = await app.api.libraries.add({ root_path: music, autoWrite: true, watchMode: 'off' });
    await app.api.libraries.scan({ id, force: true });
    batch = await until('the scan to end', async () => (await app.api.queue.batches({ limit: 1 })).items[0]);
    const ended = await batchEnded(app.api, batch.id, 240_000);
    expect(ended.found).toBe(before.size);
    expect(unaccounted(ended)).toBe(0);
    jobs = await jobsOf(app.api, batch.id);
    expect([...jobs.keys()].sort()).toEqual([...before.keys()].sort());
  }, 300_000);

  it('tags every good file among them, whatever its name', () => {
    for (const path of [...good, ...names.readable.map((name) => join(music, name))])
      expect(jobs.get(path), path).toMatchObject({ outcome: 'tagged' });
    expect(jobs.get(join(music, names.odd.shown))).toMatchObject({ outcome: 'skipped', reason: 'odd_name' });
  });

  it('gives each other one a reason in a sentence, and leaves its bytes alone', () => {
    const after = fingerprints();
    for (const [path, job] of jobs) {
      if (job.outcome === 'tagged') continue;
      expect(job.outcome, path).toBeOneOf(['skipped', 'failed', 'analyzed', 'unchanged']);
      expect(job.reason, path).not.toBeOneOf([null, 'internal', 'worker_crashed', 'quarantined']);
      expect(job.error_message, path).toMatch(/^[A-Z].{10,}\.$/s);
      expect(after.get(path), path).toBe(before.get(path));
    }
    expect(leftOvers(music)).toEqual([]);
    expect(readdirSync(music)).not.toContain('harmed');
  });

  it('puts every one that it has tagged back as it was, byte for byte', async () => {
    const tagged = [...jobs.values()].filter(({ outcome }) => outcome === 'tagged').length;
    const undone = await app.api.tagging.undoBatch({ batch_id: batch.id });
    expect(undone).toEqual({ undone: tagged, refused: [] });
    expect(fingerprints()).toEqual(before);
  });

  it('goes on answering, and leaves no worker behind', async () => {
    expect(await app.api.queue.status({})).toMatchObject({ pending: 0, running: 0 });
    const data = join(folder.path, 'data');
    expect(workersOf(data).length).toBeGreaterThan(0);
    expect(await app.stop()).toBe(0);
    await until('the workers to leave', () => workersOf(data).length === 0, 15_000);
  }, 30_000);
});

/** Good files, malformed ones made of them, and good ones with hostile names, all in one folder. */
function makeLibrary(made: readonly string[]): void {
  mkdirSync(music);
  good = made.map((path) => join(music, `good ${basename(path)}`));
  for (const [index, path] of made.entries()) copyFileSync(path, good[index]);
  const whole: Whole[] = made.map((path) => ({ name: basename(path), bytes: readFileSync(path) }));
  whole.push(
    { name: '10.ape', bytes: monkeysBytes() },
    { name: '11.mpc', bytes: musepackBytes() },
    { name: '12.dsf', bytes: dsdBytes() },
    { name: '13.mp3', bytes: Buffer.concat([id3v22(), whole[0].bytes]) },
  );
  malformed = makeMalformed(music, whole).filter((path) => !good.includes(path));
  names = putHostileNames(music, made[0]);
}

/** Every file that a scan takes, as Tonearm shows its path → what must stay the same; of huge ones what a look tells. */
function fingerprints(): Map<string, string> {
  const prints = new Map<string, string>();
  for (const entry of readdirSync(music, { withFileTypes: true, encoding: 'buffer' })) {
    const path = Buffer.concat([Buffer.from(`${music}/`), entry.name]);
    if (!entry.isFile() || !AUDIO_EXTENSIONS.includes(extname(entry.name.toString()).toLowerCase())) continue;
    const shown = path.equals(names.odd.bytes) ? join(music, names.odd.shown) : path.toString();
    const { size, mtimeMs } = statSync(path);
    prints.set(
      shown,
      size > 2 ** 26 ? `${size} ${mtimeMs}` : createHash('sha256').update(readFileSync(path)).digest('hex'),
    );
  }
  return prints;
}
