import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase } from '../../src-main/platform/database';
import { buildCorpus } from '../corpus/build';
import { HAPPY } from '../corpus/workbench';
import { batchEnded, type Served, serve, until } from '../e2e/served';
import { requires } from '../support/requirements';
import { temporaryFolder } from '../support/small-music';
import { aTagWriter } from '../support/tag-writer';
import { writeTinyModels } from '../support/tiny-model';
import { shaOf } from './after-crash';
import { isLong, times } from './cases';
import { recordFigure } from './figures';

const { describe } = requires('ffmpeg', 'mutagen');

/** What happens between the writes and their undo; in a plain run the hardest together. */
const MEANWHILE: readonly (readonly Happening[])[] = isLong
  ? [['ended and started'], ['killed and started'], ['scanned']]
  : [['killed and started', 'scanned']];
type Happening = 'ended and started' | 'killed and started' | 'scanned';
/** A plain run takes every so manieth file, and those that are unheard. */
const STRIDE = times(4, 1);
/** Musepack of our own making, of which our decoder makes nothing; and kinds that it does not know. */
const SILENT = /\.mpc$/;
const UNKNOWN = /^speex/;
/** Nothing is heard in them, but our tags can be taken out. */
const isUnanalyzed = (path: string) => SILENT.test(path) || UNKNOWN.test(basename(path));
const folder = temporaryFolder('undo-corpus');
const music = join(folder.path, 'music');
const options = {
  ...{ data: join(folder.path, 'data'), models: writeTinyModels(join(folder.path, 'models')) },
  // The layouts that our decoders do not know are written without being analyzed.
  env: { TONEARM_FFMPEG: 'none' },
};
let app: Served;
let files: string[];
let originals: unknown;
let refusals = 0;

describe('A library of all layouts of the corpus', () => {
  beforeAll(async () => {
    const corpus = await buildCorpus();
    mkdirSync(music);
    const names = readdirSync(corpus).sort();
    files = names.filter((name, index) => index % STRIDE === 0 || isUnanalyzed(name)).map((name) => join(music, name));
    const before = aTagWriter({ db: openDatabase(':memory:'), reserveBytes: 0 });
    for (const path of files) {
      copyFileSync(path.replace(music, corpus), path);
      if (isUnanalyzed(path)) await before.write(await before.plan(path, HAPPY));
      utimesSync(path, 1_000_000_000, 1_000_000_000.25);
    }
    rmSync(corpus, { recursive: true });
    originals = files.map(lookOf);
    app = await serve(options);
    await app.api.settings.update({ min_duration_s: 0, library_auto_tag: false });
    await app.api.libraries.add({ root_path: music, watchMode: 'off' });
  }, 240_000);
  afterAll(async () => {
    await app?.kill();
    folder.remove();
  });

  it.each(MEANWHILE.map((happenings) => ({ happenings, what: happenings.join(' and ') })))(
    'is put back byte for byte, with its time, by an application that was $what, but for what others have changed',
    async ({ happenings, what }) => {
      const batchId = await writeAll();
      for (const each of happenings) await happen[each]();
      const others = aTagWriter({ db: openDatabase(':memory:'), reserveBytes: 0 });
      const wanted = { namespace: 'others', tags: { note: ['newer'] } };
      for (const path of files) await others.write(await others.plan(path, wanted), { keepMtime: false });
      const newer = files.map(lookOf);
      const refused = await undoAll(batchId);
      expect(refused.map(({ code }) => code)).toEqual(files.map(() => 'file_changed'));
      expect(files.map(lookOf)).toEqual(newer);
      refusals += refused.length;
      for (const path of files) await others.undoFile(path);
      expect(await undoAll(batchId)).toEqual([]);
      expect(files.map(lookOf)).toEqual(originals);
      const [cases, line] = [files.length, '≥ 99 % byte-identical, time restored'];
      recordFigure('R4', { what: `undone by an application that was ${what}`, cases, passed: cases, line });
    },
    600_000,
  );

  it('was refused to be put back wherever it was newer than what was written', () => {
    expect(refusals).toBe(files.length * MEANWHILE.length);
    recordFigure('R4', { what: 'changed by others since', cases: refusals, passed: refusals, line: 'refused 100 %' });
  });
});

/** Content and time, rounded to what every file system keeps. */
const lookOf = (path: string) => [path, shaOf(readFileSync(path)), Math.round(statSync(path).mtimeMs)];

/** Has every file tagged; gives the batch. */
async function writeAll(): Promise<number> {
  const { batch_id: batchId } = await app.api.queue.tag({ path: music, force: true });
  const { done, failed } = await batchEnded(app.api, batchId, 300_000);
  const unheard = files.filter((path) => isUnanalyzed(path));
  const silent = unheard.filter((path) => SILENT.test(path)).length;
  expect(done).toBe(files.length - unheard.length);
  expect(Object.fromEntries(failed.map(({ reason, count }) => [reason, count]))).toEqual({
    unreadable_audio: silent,
    unsupported_file: unheard.length - silent,
  });
  for (const path of unheard) await app.api.tagging.remove({ path });
  const looks = originals as ReturnType<typeof lookOf>[];
  for (const [index, path] of files.entries()) expect(lookOf(path)[1], path).not.toBe(looks[index][1]);
  return batchId;
}

/** What could not be put back. */
async function undoAll(batchId: number) {
  const results = [await app.api.tagging.undoBatch({ batch_id: batchId })];
  for (const path of files.filter((each) => isUnanalyzed(each))) results.push(await app.api.tagging.undoFile({ path }));
  return results.flatMap(({ refused }) => refused);
}

const happen: Record<Happening, () => Promise<void>> = {
  async 'ended and started'() {
    expect(await app.stop()).toBe(0);
    app = await serve(options);
  },
  async 'killed and started'() {
    await app.kill();
    app = await serve(options);
  },
  async scanned() {
    const library = async () => (await app.api.libraries.list({}))[0];
    const { id, lastScanAt } = await library();
    await app.api.libraries.scan({ id, force: true, enqueue: false });
    await until('the scan to end', async () => (await library()).lastScanAt !== lastScanAt);
    expect(await library()).toMatchObject({ state: 'ready', trackCount: files.length, missingCount: 0 });
  },
};
