import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it } from 'vitest';
import { leftOvers, makeMusic, sha } from '../e2e/music';
import { batchEnded, type Served, serve, unaccounted, until } from '../e2e/served';
import { requires } from '../support/requirements';
import { temporaryFolder } from '../support/small-music';
import { writeTinyModels } from '../support/tiny-model';
import { times } from './cases';
import { recordFigure } from './figures';

const { describe } = requires('ffmpeg', 'mounts');

const FILES = 16;
const DROPS = times(1, 4);
const folder = temporaryFolder('share');
const [share, music] = ['share', 'music'].map((name) => join(folder.path, name));
let app: Served | undefined;
let isMounted = false;

function mount(): void {
  execFileSync('mount', ['--bind', share, music]);
  isMounted = true;
}

/** Pulled out, as a network drive or a plug: whoever has a file open keeps it, nobody finds it any more. */
function drop(): void {
  execFileSync('umount', ['-l', music]);
  isMounted = false;
}

describe('A share that is dropped under a running job', () => {
  afterEach(async () => {
    await app?.kill();
    if (isMounted) drop();
  });
  afterAll(folder.remove);

  it('makes the library offline and its jobs wait; nothing counts as deleted, and all goes on when it is back', async () => {
    for (const path of [share, music]) mkdirSync(path);
    const made = await makeMusic(join(folder.path, 'made'), 4);
    for (let index = 0; index < FILES; index++) {
      const from = made[index % made.length];
      copyFileSync(from, join(share, `${index}${from.slice(from.lastIndexOf('.'))}`));
    }
    mount();
    const options = { data: join(folder.path, 'data'), models: writeTinyModels(join(folder.path, 'models')) };
    app = await serve(options);
    const { api } = app;
    const { id } = await api.libraries.add({ root_path: music });
    const library = async () => (await api.libraries.list({}))[0];
    await api.libraries.scan({ id, enqueue: false });
    await until('the scan to end', async () => (await library()).trackCount === FILES);
    let copies = 0;
    for (let time = 0; time < DROPS; time++) {
      const { batch_id: batchId } = await api.queue.tag({ path: music, force: true });
      const batch = () => api.queue.batch({ batch_id: batchId });
      await until('some files to be done', async () => (await batch()).done >= 2);
      drop();
      await until('the library to be offline', async () => (await library()).state === 'offline');
      await until('nothing to run', async () => (await batch()).running === 0);
      const waiting = await batch();
      expect(waiting.failed).toEqual([]);
      expect(waiting.pending).toBeGreaterThan(0);
      expect(await library()).toMatchObject({ trackCount: FILES, missingCount: 0 });
      // Half-made copies are out of reach while the share is away; one is there for certain.
      writeFileSync(join(share, '.tonearm-0123456789ab.tmp'), 'half a file');
      copies += leftOvers(share).length;
      mount();
      // The application looks by itself every half minute; a person can make it look now.
      await api.libraries.scan({ id, enqueue: false });
      const ended = await batchEnded(api, batchId);
      expect(ended).toMatchObject({ done: FILES, failed: [], pending: 0 });
      expect(unaccounted(ended)).toBe(0);
      expect(await library()).toMatchObject({ state: 'ready', missingCount: 0 });
      expect(leftOvers(share)).toEqual([]);
      await api.tagging.undoBatch({ batch_id: batchId });
    }
    const originals = made.map(sha);
    for (let index = 0; index < FILES; index++) {
      const from = made[index % made.length];
      const path = join(share, `${index}${from.slice(from.lastIndexOf('.'))}`);
      expect(sha(path), path).toBe(originals[index % made.length]);
    }
    const what = 'unmounted while its files are tagged, mounted again';
    recordFigure('R21', {
      what,
      cases: DROPS,
      passed: DROPS,
      line: 'offline, jobs wait, nothing missing, all resumes',
    });
    recordFigure('R21', {
      what: 'half-made copies left on the share',
      cases: copies,
      passed: copies,
      line: 'removed as soon as it is back, before anything is written',
    });
  }, 600_000);
});
