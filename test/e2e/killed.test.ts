import { join } from 'node:path';
import { afterAll, expect } from 'vitest';
import { requires } from '../support/requirements';
import { temporaryFolder } from '../support/small-music';
import { writeTinyModels } from '../support/tiny-model';
import { killRound } from './kill-round';
import { makeMusic, printsOf } from './music';
import { randomOf } from './random';

const { it } = requires('ffmpeg');

const KILLS = 50;
const FILES = 24;
const folder = temporaryFolder('whole-killed');
afterAll(folder.remove);

it(`the application killed ${KILLS} times while it tags ${FILES} files loses no job and harms no file`, async () => {
  const files = await makeMusic(join(folder.path, 'music'), FILES);
  const before = await printsOf(files);
  const options = { data: join(folder.path, 'data'), models: writeTinyModels(join(folder.path, 'models')) };
  const goesOn = (kills: number) => kills < KILLS;
  const struck = await killRound({ options, files, before, random: randomOf(20_261_121), goesOn });
  expect(struck.writes).toBeGreaterThanOrEqual(FILES);
  // The kills must have struck while something was under way, or this would prove nothing.
  expect(struck.copiesLeft).toBeGreaterThan(KILLS / 5);
  expect(struck.whileWriting).toBeGreaterThan(KILLS / 4);
}, 240_000);
