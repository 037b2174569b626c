import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import type { BatchSummary } from '../../jobs/queue/contract';
import { aFolder, aTone, endChildren, endOf, nom, startNom } from './nom.fixture';

afterEach(endChildren);

/** A data folder and folders with music, each file with what it is made of. */
function aShelf(folders: Readonly<Record<string, Readonly<Record<string, Buffer | string>>>>) {
  const [data, root] = [aFolder(), aFolder()];
  const at = (path: string) => join(root, path);
  for (const [folder, files] of Object.entries(folders)) {
    mkdirSync(at(folder));
    for (const [file, content] of Object.entries(files)) writeFileSync(at(`${folder}/${file}`), content);
  }
  const isTagged = (path: string) => readFileSync(at(path)).includes('nom:');
  return { data, at, isTagged };
}

const tone = () => Buffer.from(aTone(8));

it('writes no file with --no-write, whatever waits in the queue and for whomever, and analyzes what it was told', async () => {
  const { data, at, isTagged } = aShelf({ a: { 'a.wav': tone() }, b: { 'b.wav': tone() } });
  await nom(data, ['libraries', 'add', at('a')]);
  expect(await nom(data, ['queue', at('a/a.wav')])).toMatchObject({ code: 0 });
  const own = await nom(data, ['run', at('a'), '--no-write']);
  expect(own).toMatchObject({ code: 0, stdout: 'found 1 = 1 analyzed\n' });
  const other = await nom(data, ['run', at('b'), '--no-write']);
  expect(other).toMatchObject({ code: 0, stdout: 'found 1 = 1 analyzed\n' });
  expect(other.stderr).toContain('1 job that is not part of this run waits');
  expect([isTagged('a/a.wav'), isTagged('b/b.wav')]).toEqual([false, false]);
}, 180_000);

it('counts, tells and undoes with a run that writes all that it worked off for others', async () => {
  const { data, at, isTagged } = aShelf({ a: { 'a.wav': tone() }, b: { 'b.wav': tone() } });
  const before = readFileSync(at('a/a.wav'));
  await nom(data, ['libraries', 'add', at('a')]);
  await nom(data, ['queue', at('a/a.wav')]);
  const run = await nom(data, ['run', at('b')]);
  expect(run).toMatchObject({ code: 0, stdout: 'found 2 = 2 written\n' });
  expect(run.stderr).toContain('1 job of before was waiting in the queue; this run works on it too.');
  expect([isTagged('a/a.wav'), isTagged('b/b.wav')]).toEqual([true, true]);
  expect(await nom(data, ['undo', '--run', '2'])).toMatchObject({ code: 0, stdout: '2 files put back\n' });
  expect(readFileSync(at('a/a.wav'))).toEqual(before);
}, 180_000);

it('fails and says why when a file fails that waited in the queue already', async () => {
  const { data, at } = aShelf({ a: { 'a.wav': tone(), 'broken.flac': 'no audio at all' } });
  await nom(data, ['libraries', 'add', at('a')]);
  await nom(data, ['libraries', 'scan', '1']);
  const run = await nom(data, ['run', at('a'), '--no-write']);
  expect(run).toMatchObject({ code: 1, stdout: expect.stringContaining('broken.flac: ') });
  expect(run.stdout).toMatch(/^found 2 = 1 analyzed \+ 1 failed \(.+\)$/m);
}, 180_000);

it('queues nothing for files that are as a run before left them, and accounts for them', async () => {
  const { data, at } = aShelf({ a: { '1.wav': tone(), '2.wav': tone() } });
  await nom(data, ['run', at('a')]);
  const again = await nom(data, ['run', at('a'), '--json']);
  expect(again.json()).toMatchObject([{ found: 2, done: 0, skipped: [{ reason: 'up_to_date', count: 2 }] }]);
  expect(await nom(data, ['undo', at('a/1.wav')])).toMatchObject({ code: 0 });
  const rest = await nom(data, ['run', at('a')]);
  expect(rest.stdout, 'its tags are gone').toBe('found 2 = 1 written + 1 skipped (up to date)\n');
}, 180_000);

it('tells after Ctrl+C what became of every file, and the next run does the rest and counts it', async () => {
  const names = Array.from({ length: 14 }, (_, number) => `${String(number).padStart(2, '0')}.wav`);
  const minute = Buffer.from(aTone(45));
  const { data, at } = aShelf({ a: Object.fromEntries(names.map((name) => [name, minute])) });
  const files = names.map((name) => at(`a/${name}`));
  const child = startNom(data, ['run', at('a'), '--json']);
  const end = endOf(child);
  const isLonger = (file: string) => statSync(file).size > minute.length;
  await expect.poll(() => files.some(isLonger), { timeout: 60_000, interval: 20 }).toBe(true);
  child.kill('SIGINT');
  const { code, json } = await end;
  const batch = json().at(-1) as BatchSummary;
  const written = files.filter(isLonger).length;
  expect(code).toBe(130);
  expect(batch).toMatchObject({ found: 14, done: written, pending: 14 - written, running: 0, skipped: [], failed: [] });
  const [{ counts }] = (await nom(data, ['list', '--json'])).json();
  expect(counts).toEqual({ pending: 14 - written, running: 0, done: written, error: 0 });
  const next = await nom(data, ['run', at('a')]);
  expect(next).toMatchObject({
    code: 0,
    stdout: `found 14 = ${14 - written} written + ${written} skipped (up to date)\n`,
  });
  expect((await nom(data, ['list', '--json'])).json()).toMatchObject([{ total: 14, counts: { done: 14 } }]);
  rmSync(at('a'), { recursive: true });
}, 240_000);

it('works on nothing that waits in the queue while a library is only scanned', async () => {
  const { data, at, isTagged } = aShelf({ a: { 'a.wav': tone() } });
  await nom(data, ['libraries', 'add', at('a')]);
  await nom(data, ['queue', at('a/a.wav')]);
  expect(await nom(data, ['libraries', 'scan', '1'])).toMatchObject({ code: 0, stdout: '1 tracks, 0 missing\n' });
  expect(isTagged('a/a.wav')).toBe(false);
  expect((await nom(data, ['list', '--json'])).json()).toMatchObject([{ counts: { pending: 1, done: 0 } }]);
}, 180_000);
