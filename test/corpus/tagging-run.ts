import { utimesSync, writeSync } from 'node:fs';
import { openDatabase } from '../../src-main/platform/database';
import { toFailure } from '../../src-main/rpc/errors';
import { aTagWriter } from '../support/tag-writer';

/**
 * A process that writes and undoes tags in the given files without end, until it is killed. Prints one character at
 * each step of each replacement and recovery. `tagging-run.js DATABASE SEED FILE…`
 *
 * TAGGING_TIMES: ends after so many. TAGGING_AT_ONCE: works on so many files at once. TAGGING_STOP_AT,
 * TAGGING_STOP_AFTER: at the beginning of that step, when it is reached for the so manieth time, prints an exclamation
 * mark and does nothing any more; with TAGGING_STOP_WHILE only the steps of a `write` or an `undo` count.
 * TAGGING_DISTURB: another program gets at each file just before it is replaced, so that it must be left as it is.
 * TAGGING_RECOVER: settles what was left open, and ends.
 */
const [database, seed, ...files] = process.argv.slice(2);
const { TAGGING_TIMES = Number.POSITIVE_INFINITY, TAGGING_AT_ONCE = 1, TAGGING_STOP_AT } = process.env;
const { TAGGING_STOP_AFTER, TAGGING_STOP_WHILE, TAGGING_DISTURB, TAGGING_RECOVER } = process.env;
let stepsLeft = Number(TAGGING_STOP_AFTER);
let doing: 'write' | 'undo' | undefined;
const onStep = (step: string, path: string) => {
  writeSync(1, '.');
  if (TAGGING_DISTURB && step === 'rename') utimesSync(path, 1_000_000_000, 1_000_000_000 + stepsLeft);
  const isMeant = step === TAGGING_STOP_AT && (TAGGING_STOP_WHILE ?? doing) === doing;
  if (!isMeant || --stepsLeft > 0) return;
  writeSync(1, '!');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
};
const writer = aTagWriter({ db: openDatabase(database), reserveBytes: 0, onStep });
let state = Number(seed);
const random = (below: number) => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * below);
};

async function undo(path: string): Promise<void> {
  doing = 'undo';
  await writer.undoFile(path).catch(() => {}); // nothing to undo yet
}

async function write(path: string): Promise<void> {
  const tags = Object.fromEntries(
    Array.from({ length: random(30) }, (_, key) => [`key-${key}`, ['x'.repeat(random(300))]]),
  );
  const plan = await writer.plan(path, { namespace: 'nom', tags });
  doing = 'write';
  await writer.write(plan).catch((thrown) => {
    if (!TAGGING_DISTURB || toFailure(thrown).code !== 'file_changed') throw thrown;
  });
}

let left = Number(TAGGING_TIMES);
async function work(own: readonly string[]): Promise<void> {
  while (left-- > 0) {
    const path = own[random(own.length)];
    await (random(4) === 0 ? undo(path) : write(path));
  }
}

if (TAGGING_RECOVER) {
  await writer.recover();
} else {
  const shares = Object.values(Object.groupBy(files, (path) => files.indexOf(path) % Number(TAGGING_AT_ONCE)));
  await Promise.all(shares.map((share) => work(share!)));
}
