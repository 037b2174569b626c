import { chmodSync, linkSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { requires } from '../../../../test/support/requirements';
import { putTone } from '../../../../test/support/small-music';
import { payloadHash } from '../../../files/tag-formats/read-tags';
import type { JobRequest } from '../../../jobs/queue';
import { openDatabase, readHere } from '../../../platform/database';
import { createStaleQueries } from '../jobs/stale-queries';
import { aTaggedLibrary } from '../jobs/tag-job.fixture';
import { createIsAnalysisCurrent } from '../write/stored-analysis';
import type { WritePlan, WriteSelection } from './contract';
import { createJudgeTrack } from './judge-track';
import { createPlanQueries } from './plan-queries';
import { createSelectionQueries } from './selection-queries';
import { createWritePlans } from './write-plans';

const { it } = requires('ffmpeg');
const SOURCE = { name: 'window', priority: 1 };

/** A library of three songs, of which two were analyzed and none was written. */
async function aLibrary() {
  const made = await aTaggedLibrary();
  onTestFinished(made.folder.remove);
  const { db, tracks, analyses, writer, settings, libraries, library, folder, safeFiles, rewrite } = made;
  putTone(join(folder.path, 'album', 'second.mp3'), 550, { title: 'Second', artist: 'Someone' });
  putTone(join(folder.path, 'loose.mp3'), 660, { title: 'Loose', artist: 'Another' });
  await (await libraries.scan(library.id)).ended;
  const idOf = (path: string) => tracks.findByPath(library.id, path)!.id;
  const [first, second] = [idOf('album/song.mp3'), idOf('album/second.mp3')];
  await made.run({ trackId: first, writeTags: false });
  await made.run({ trackId: second, path: join(folder.path, 'album', 'second.mp3'), writeTags: false });
  const isAnalysisCurrent = createIsAnalysisCurrent({ analyses, payloadHash });
  const libraryOf = ({ libraryId }: { libraryId: number }) => libraries.get(libraryId);
  const ended = new Set<number>();
  const queued: JobRequest[] = [];
  const waiting = new Map<number, () => void>();
  const plans = createWritePlans({
    ...{ db, tracks },
    reader: readHere({ ...createSelectionQueries(db), ...createPlanQueries(db), ...createStaleQueries(db) }),
    judge: createJudgeTrack({
      ...{ tracks, analyses, writer, settings, libraryOf, isAnalysisCurrent, files: safeFiles },
    }),
    stale: rewrite,
    libraryName: (id) => libraries.get(id).name,
    placeOf: async (path) => ({ libraryId: library.id, path: path.slice(folder.path.length + 1) }),
    async enqueue(request) {
      queued.push(request);
      return { batchId: addBatch(), jobIds: [], added: request.targets.length };
    },
    events: {
      emit(_, { id, state }) {
        if (state === 'planning') return;
        ended.add(id);
        waiting.get(id)?.();
      },
    },
    report(thrown) {
      throw thrown;
    },
  });
  function addBatch(): number {
    db.prepare("INSERT OR IGNORE INTO job_batch (id, title, source, created_at) VALUES (1, '', '', '')").run();
    return 1;
  }
  async function plan(selection: WriteSelection): Promise<WritePlan> {
    const { id } = await plans.create(selection);
    if (!ended.has(id)) await new Promise<void>((done) => waiting.set(id, done));
    return plans.get(id);
  }
  const context = { signal: new AbortController().signal, progress: () => {} };
  const runQueued = () =>
    Promise.all(
      queued
        .splice(0)
        .flatMap(({ targets }) =>
          targets.map(({ path, trackId = null, options = {} }, at) =>
            made.writeJob(made.aJob({ id: 100 + at, kind: 'write', path, trackId, options }), context),
          ),
        ),
    );
  const all: WriteSelection = { of: 'library', library: library.id };
  return { ...made, plans, plan, all, queued, runQueued, first, second, idOf };
}

const reasons = ({ refused }: WritePlan) => Object.fromEntries(refused.map(({ reason, files }) => [reason, files]));

it('says of every chosen file what a write would do, and writes nothing', async () => {
  const { plan, all, song, track, describeTrack } = await aLibrary();
  const before = readFileSync(song);
  const made = await plan(all);
  expect(made).toMatchObject({ state: 'ready', total: 3, lookedAt: 3, unchanged: 0, write: { files: 2 } });
  expect(reasons(made)).toEqual({ not_analyzed: 1 });
  expect(made.write.files + made.unchanged + 1).toBe(made.total);
  const { proposed } = await describeTrack.describeFile(track());
  expect(made.fields.map(({ field, added }) => [field, added])).toEqual(
    proposed.map(({ field }) => [field, 2]).sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  );
  expect(made.fields[0].examples).toContainEqual(expect.objectContaining({ title: 'A song', old: [] }));
  expect(readFileSync(song)).toEqual(before);
});

it('queues exactly what the plan says, after which another plan finds nothing to write', async () => {
  const { plan, plans, all, queued, runQueued, first, second } = await aLibrary();
  const made = await plan(all);
  expect(await plans.write(made.id, SOURCE)).toMatchObject({ queued: 2 });
  expect(queued).toMatchObject([{ kind: 'write', passed: { not_analyzed: 1, up_to_date: 0 } }]);
  expect(queued[0].targets.map(({ trackId }) => trackId)).toEqual([first, second].sort((a, b) => a - b));
  const results = await runQueued();
  expect(results.map(({ outcome }) => outcome)).toEqual(['tagged', 'tagged']);
  expect(await plan(all)).toMatchObject({ write: { files: 0 }, unchanged: 2, fields: [] });
});

it('leaves a file alone whose changes are others than somebody has agreed to', async () => {
  const { plan, plans, all, runQueued, settings, song } = await aLibrary();
  const made = await plan(all);
  await plans.write(made.id, SOURCE);
  settings.update({ write_alias_keys: true });
  const before = readFileSync(song);
  expect(await runQueued()).toMatchObject([
    { outcome: 'skipped', reason: 'changed_since_plan' },
    { outcome: 'skipped', reason: 'changed_since_plan' },
  ]);
  expect(readFileSync(song)).toEqual(before);
});

it('tells beforehand what would be refused, and why', async () => {
  const { plan, all, song, folder, tracks, second, first, idOf } = await aLibrary();
  chmodSync(song, 0o444);
  linkSync(join(folder.path, 'album', 'second.mp3'), join(folder.path, 'seeded'));
  expect(reasons(await plan(all))).toEqual({ not_writable: 1, hard_linked: 1, not_analyzed: 1 });
  tracks.setNeverTouch(first, true);
  tracks.setNeverTouch(second, true);
  const made = await plan(all);
  expect(reasons(made)).toEqual({ never_touch: 2, not_analyzed: 1 });
  expect(made.refused[0].message).toMatch(/protected/);
  expect(idOf('loose.mp3')).toBeGreaterThan(0);
});

it('says that a library is only looked at, and what would be taken out of it', async () => {
  const { plan, all, libraries, library, run, first } = await aLibrary();
  await run({ id: 50, trackId: first });
  await libraries.update(library.id, { writeMode: 'none' });
  const made = await plan(all);
  expect(reasons(made)).toEqual({ look_only: 1, not_analyzed: 1 });
  expect(made.write.files).toBe(1);
  expect(made.fields.every(({ removed, added, changed }) => removed === 1 && added + changed === 0)).toBe(true);
});

it('takes tracks, an album, a filter without some, older tags, and paths', async () => {
  const { plan, first, second, idOf, library, folder } = await aLibrary();
  const totalOf = async (selection: WriteSelection) => (await plan(selection)).total;
  expect(await totalOf({ of: 'tracks', ids: [second] })).toBe(1);
  expect(await totalOf({ of: 'album', track: idOf('loose.mp3') })).toBe(1);
  const filter = { of: 'filter', query: 'someone', show: 'all', library: library.id } as const;
  expect(await totalOf({ ...filter, except: [] })).toBe(2);
  expect(await totalOf({ ...filter, except: [first] })).toBe(1);
  expect(await totalOf({ of: 'filter', query: '', show: 'unanalyzed', except: [] })).toBe(1);
  expect(await totalOf({ of: 'stale' })).toBe(0);
  expect(await totalOf({ of: 'paths', paths: [join(folder.path, 'album')] })).toBe(2);
  expect(await totalOf({ of: 'paths', paths: [join(folder.path, 'loose.mp3')] })).toBe(1);
});

it('plans files that hold older tags by the same way', async () => {
  const { plan, run, first, settings } = await aLibrary();
  await run({ id: 60, trackId: first });
  settings.update({ write_alias_keys: true });
  const made = await plan({ of: 'stale' });
  expect(made).toMatchObject({ total: 1, write: { files: 1 } });
  expect(made.fields.map(({ field }) => field)).toContain('nom:mood_happy');
});

it('writes a plan once, and none that was given up', async () => {
  const { plan, plans, all } = await aLibrary();
  const made = await plan(all);
  await plans.write(made.id, SOURCE);
  await expect(plans.write(made.id, SOURCE)).rejects.toThrow(/written already/);
  const other = await plans.create(all);
  await plans.cancel(other.id);
  await expect(plans.write(other.id, SOURCE)).rejects.toThrow(/given up/);
  await expect(plans.get(999)).rejects.toThrow(/no plan 999/);
});

it('chooses among 100 000 tracks page by page', () => {
  const db = openDatabase(':memory:');
  db.exec(`
    INSERT INTO library (id, name, root_path, created_at, updated_at) VALUES (1, 'Music', '/music', '', '');
    WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 100000)
    INSERT INTO track (library_id, path, folder, size_bytes, mtime_ms, title, sort_title, sort_artist, sort_album,
      added_at, scanned_at)
    SELECT 1, 'f' || (n % 100) || '/' || n || '.mp3', '', 1, 1, '', '', '', '', '', '' FROM number`);
  const queries = createSelectionQueries(db);
  const selection = { of: 'places', places: [{ libraryId: 1, path: 'f7' }] } as const;
  expect(queries['tagging.countSelected'](selection)).toBe(1000);
  let pages = 0;
  let found = 0;
  for (let after = 0; ; pages += 1) {
    const ids = queries['tagging.listSelected']({ selection, after, limit: 300 });
    found += ids.length;
    if (ids.length < 300) break;
    after = ids.at(-1)!;
  }
  expect([pages, found]).toEqual([3, 1000]);
});
