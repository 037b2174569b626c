import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { killRound } from '../e2e/kill-round';
import { makeMusic, printsOf } from '../e2e/music';
import { randomOf } from '../e2e/random';
import { requires } from '../support/requirements';
import { temporaryFolder } from '../support/small-music';
import { writeTinyModels } from '../support/tiny-model';
import { SEED, untilOver } from './minutes';

const { it } = requires('ffmpeg');

const KILLS_A_ROUND = 60;
const FILES = 24;
const folder = temporaryFolder('torture-killed');
afterAll(folder.remove);

it('kills the application while it tags, until the time is over, and checks everything', async () => {
  const files = await makeMusic(join(folder.path, 'music'), FILES);
  const before = await printsOf(files);
  const models = writeTinyModels(join(folder.path, 'models'));
  const random = randomOf(SEED);
  const isTimeLeft = untilOver();
  const all = { kills: 0, copiesLeft: 0, jobs: 0, writes: 0, checked: 0 };
  for (let round = 1; round === 1 || isTimeLeft(); round++) {
    const options = { data: join(folder.path, `data ${round}`), models };
    const goesOn = (kills: number) => kills < 1 || (kills < KILLS_A_ROUND && isTimeLeft());
    const struck = await killRound({ options, files, before, random, goesOn });
    all.kills += struck.kills;
    all.copiesLeft += struck.copiesLeft;
    all.jobs += struck.batches.length * FILES;
    all.writes += struck.writes;
    all.checked += FILES;
    rmSync(options.data, { recursive: true });
    console.log(
      `${all.kills} kills, ${all.copiesLeft} of them over a half-made copy; ${all.jobs} jobs, 0 lost; ${all.writes} writes, ` +
        `${all.checked} files checked, 0 corrupt, 0 left over, 0 not undone (seed ${SEED})`,
    );
  }
});
