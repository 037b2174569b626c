import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { hasFfmpeg } from '../corpus/build';
import { temporaryFolder } from '../small-music';
import { writeTinyModels } from '../tiny-model';
import { checkAfterKills } from './check-after-kills';
import { killOnce, nothingStruck } from './killing';
import { leftOvers, makeMusic, printsOf } from './music';
import { randomOf } from './random';
import { batchEnded, serve } from './served';

const KILLS = 50;
const FILES = 24;
const folder = temporaryFolder('whole-killed');
afterAll(folder.remove);

it.skipIf(!hasFfmpeg)(
  `the application killed ${KILLS} times while it tags ${FILES} files loses no job and harms no file (needs ffmpeg)`,
  async () => {
    const music = join(folder.path, 'music');
    const files = await makeMusic(music, FILES);
    const before = await printsOf(files);
    const options = { data: join(folder.path, 'data'), models: writeTinyModels(join(folder.path, 'models')) };
    const app = await serve(options);
    await app.api.libraries.add({ root_path: music });
    await app.kill();

    const struck = nothingStruck();
    const random = randomOf(20_261_121);
    while (struck.kills < KILLS) await killOnce({ options, music, random }, struck);

    const last = await serve(options);
    // What the last kill left is gone as soon as the application answers.
    expect(leftOvers(music)).toEqual([]);
    for (const batchId of struck.batches) await batchEnded(last.api, batchId);
    const checked = await checkAfterKills({ app: last, options, files, before, batches: struck.batches });
    expect(checked.writes).toBeGreaterThanOrEqual(FILES);
    // The kills must have struck while something was under way, or this would prove nothing.
    expect(struck.copiesLeft).toBeGreaterThan(KILLS / 5);
    expect(struck.whileWriting).toBeGreaterThan(KILLS / 4);
  },
  180_000,
);
