import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, afterEach, expect } from 'vitest';
import { payloadHash } from '../../src-main/files/tag-formats';
import { dsdBytes, monkeysBytes, musepackBytes } from '../corpus/bytes';
import { decodedMd5, forEach } from '../corpus/readers';
import { leftOvers, makeMusic, sha } from '../e2e/music';
import { randomOf } from '../e2e/random';
import { batchEnded, jobsOf, type Served, serve, unaccounted } from '../e2e/served';
import { requires } from '../support/requirements';
import { temporaryFolder } from '../support/small-music';
import { writeTinyModels } from '../support/tiny-model';
import { SEED, untilOver } from './minutes';
import { mutate } from './mutate';

const { it } = requires('ffmpeg');

const FILES_A_ROUND = 120;
const HANG_MS = 15_000;
const OURS_TO_BLAME = ['internal', 'worker_crashed', 'quarantined'];
const folder = temporaryFolder('torture-mutated');
let app: Served | undefined;
afterEach(() => app?.kill());
afterAll(folder.remove);

it('tags files that were damaged at random, until the time is over: each is tagged safely or left alone', async () => {
  const good: { name: string; bytes: Buffer }[] = (await makeMusic(join(folder.path, 'made'), 9)).map((path) =>
    readOne(path),
  );
  good.push({ name: '9.ape', bytes: monkeysBytes() }, { name: '10.mpc', bytes: musepackBytes() });
  good.push({ name: '11.dsf', bytes: dsdBytes() });
  const music = join(folder.path, 'music');
  mkdirSync(music);
  app = await serve({ data: join(folder.path, 'data'), models: writeTinyModels(join(folder.path, 'models')) });
  await app.api.libraries.add({ root_path: music, watchMode: 'off' });
  const random = randomOf(SEED);
  const isTimeLeft = untilOver();
  const all = { files: 0, tagged: 0, left: 0 };
  for (let round = 1; round === 1 || isTimeLeft(); round++) {
    const paths = Array.from({ length: FILES_A_ROUND }, (_, index) => {
      const { name, bytes } = good[Math.floor(random() * good.length)];
      const path = join(music, `${round} ${index} ${name}`);
      writeFileSync(path, mutate(bytes, random));
      return path;
    });
    const tagged = await tagAndCheck(app, music, paths);
    all.files += paths.length;
    all.tagged += tagged;
    all.left += paths.length - tagged;
    for (const path of paths) rmSync(path);
    console.log(
      `${all.files} damaged files: ${all.tagged} tagged and put back byte for byte, ${all.left} left alone with a reason; ` +
        `0 harmed, 0 crashes, 0 unaccounted for (seed ${SEED})`,
    );
  }
});

const readOne = (path: string) => ({ name: basename(path), bytes: readFileSync(path) });

/** How many of the files were tagged; what had to be true of all of them is. */
async function tagAndCheck({ api }: Served, music: string, paths: readonly string[]): Promise<number> {
  const before = new Map(paths.map((path) => [path, sha(path)]));
  const sounds = new Map<string, unknown>();
  await forEach(paths, async (path) => void sounds.set(path, await soundOf(path)));
  const { batch_id: batchId } = await api.queue.tag({ path: music, force: true });
  const ended = await batchEnded(api, batchId, 300_000);
  expect(ended.found).toBe(paths.length);
  expect(unaccounted(ended)).toBe(0);
  const jobs = await jobsOf(api, batchId);
  const tagged = paths.filter((path) => jobs.get(path)?.outcome === 'tagged');
  for (const [path, job] of jobs) {
    expect(Date.parse(job.finished_at!) - Date.parse(job.started_at!), path).toBeLessThan(HANG_MS);
    if (job.outcome === 'tagged') continue;
    expect(job.reason, path).not.toBeOneOf([null, ...OURS_TO_BLAME]);
    expect(job.error_message, path).toMatch(/.{10,}\.$/);
    expect(sha(path), path).toBe(before.get(path));
  }
  await forEach(tagged, async (path) => expect(await soundOf(path), path).toEqual(sounds.get(path)));
  expect(await api.tagging.undoBatch({ batch_id: batchId })).toEqual({ undone: tagged.length, refused: [] });
  for (const path of paths) expect(sha(path), path).toBe(before.get(path));
  expect(leftOvers(music)).toEqual([]);
  return tagged.length;
}

/** The audio as bytes, and as FFmpeg hears it. */
async function soundOf(path: string) {
  const payload = await payloadHash(path).catch(() => 'not understood');
  return { payload, decoded: await decodedMd5(path) };
}
