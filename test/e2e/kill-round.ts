import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { expect } from 'vitest';
import { checkAfterKills } from './check-after-kills';
import { killOnce, nothingStruck, type Struck } from './killing';
import { leftOvers, type Print } from './music';
import { batchEnded, type ServeOptions, serve } from './served';

export interface KillRound {
  /** With a data folder that is not there yet. */
  readonly options: ServeOptions;
  /** All in one folder, and as they were when `before` was taken. */
  readonly files: readonly string[];
  readonly before: ReadonlyMap<string, Print>;
  readonly random: () => number;
  /** Asked before each kill. */
  readonly goesOn: (kills: number) => boolean;
}

/** Makes a library, kills the application over it again and again, lets it finish, and checks everything. */
export async function killRound(round: KillRound): Promise<Struck & { writes: number }> {
  const { options, files, before, random, goesOn } = round;
  const music = dirname(files[0]);
  mkdirSync(options.data, { recursive: true });
  const app = await serve(options);
  await app.api.libraries.add({ root_path: music, watchMode: 'off' });
  await app.kill();

  const struck = nothingStruck();
  while (goesOn(struck.kills)) await killOnce({ options, music, random }, struck);

  const last = await serve(options);
  // What the last kill left is gone as soon as the application answers.
  expect(leftOvers(music)).toEqual([]);
  for (const batchId of struck.batches) await batchEnded(last.api, batchId);
  const { writes } = await checkAfterKills({ app: last, options, files, before, batches: struck.batches });
  return { ...struck, writes };
}
