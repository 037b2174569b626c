import { writeSync } from 'node:fs';
import { openDatabase } from '../../src-main/database';
import { createTagWriter } from '../../src-main/tagging';

/**
 * A process that writes and undoes tags in the given files without end, until it is killed. Prints one character at
 * each step of each replacement. `tagging-run.js DATABASE SEED FILE…`
 *
 * TAGGING_TIMES: ends after so many. TAGGING_STOP_AT, TAGGING_STOP_AFTER: at the beginning of that step, when it is
 * reached for the so manieth time, prints an exclamation mark and does nothing any more.
 */
const [database, seed, ...files] = process.argv.slice(2);
const { TAGGING_TIMES = Number.POSITIVE_INFINITY, TAGGING_STOP_AT, TAGGING_STOP_AFTER } = process.env;
let stepsLeft = Number(TAGGING_STOP_AFTER);
const onStep = (step: string) => {
  writeSync(1, '.');
  if (step !== TAGGING_STOP_AT || --stepsLeft > 0) return;
  writeSync(1, '!');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
};
const writer = createTagWriter({ db: openDatabase(database), reserveBytes: 0, onStep });
let state = Number(seed);
const random = (below: number) => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};
for (let left = Number(TAGGING_TIMES); left > 0; left--) {
  const path = files[random(files.length)];
  if (random(4) === 0) {
    await writer.undoFile(path).catch(() => {}); // nothing to undo yet
    continue;
  }
  const tags = Object.fromEntries(
    Array.from({ length: random(30) }, (_, key) => [`key-${key}`, ['x'.repeat(random(300))]]),
  );
  await writer.write(await writer.plan(path, { namespace: 'nom', tags }));
}
