import { writeSync } from 'node:fs';
import { openDatabase } from '../../src-main/database';
import { createTagWriter } from '../../src-main/tagging';

/**
 * A process that writes and undoes tags in the given files without end, until it is killed. Prints one character at
 * each step of each replacement. `tagging-run.js DATABASE SEED FILE…`
 */
const [database, seed, ...files] = process.argv.slice(2);
const onStep = () => void writeSync(1, '.');
const writer = createTagWriter({ db: openDatabase(database), reserveBytes: 0, onStep });
let state = Number(seed);
const random = (below: number) => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};
for (;;) {
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
