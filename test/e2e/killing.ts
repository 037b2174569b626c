import { watch } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { Api } from '../../src-main/transport/cli/terminal/api';
import { leftOvers } from './music';
import { type ServeOptions, serve, spawnServe, until } from './served';

/** What makes the tags of a file others than before: each preset writes its name into them. */
const PRESETS = ['fast', 'precise', 'balanced'] as const;

/** One library under fire. */
export interface Killing {
  readonly options: ServeOptions;
  readonly music: string;
  readonly random: () => number;
}

/** What all rounds did together. */
export interface Struck {
  kills: number;
  /** Kills between two steps of a write, as the folder saw them. */
  whileWriting: number;
  /** Half-made copies that lay beside their files just after a kill. */
  copiesLeft: number;
  /** Kills before the application answered. */
  whileStarting: number;
  /** Batches asked for, of the whole folder each. */
  readonly batches: number[];
}

/**
 * Starts the application, sees to it that there is work, and kills it: at a write that the folder's own events tell of,
 * at a moment by the clock, or while it still starts.
 */
export async function killOnce({ options, music, random }: Killing, struck: Struck): Promise<void> {
  struck.kills += 1;
  if (random() < 0.12) {
    struck.whileStarting += 1;
    return killWhileStarting(options, random() * 500);
  }
  const events = countEvents(music);
  const app = await serve(options);
  try {
    await seeToWork(app.api, music, struck);
    if (random() < 0.3) await setTimeout(random() * 1200);
    else if (await events.more(1 + Math.floor(random() * 25), idle(app.api))) struck.whileWriting += 1;
  } finally {
    await app.kill();
    events.stop();
    struck.copiesLeft += leftOvers(music).length;
  }
}

export const nothingStruck = (): Struck => ({
  ...{ kills: 0, whileWriting: 0, copiesLeft: 0, whileStarting: 0 },
  batches: [],
});

/** Asks for the whole folder once more when nothing is left to do. */
async function seeToWork(api: Api, music: string, struck: Struck): Promise<void> {
  const { pending, running } = await api.queue.status({});
  if (pending + running > 0) return;
  const preset = PRESETS[struck.batches.length % PRESETS.length];
  const { batch_id: batchId } = await api.queue.tag({ path: music, force: true, preset });
  struck.batches.push(batchId);
}

async function killWhileStarting(options: ServeOptions, ms: number): Promise<void> {
  const child = spawnServe(options);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await setTimeout(ms);
  child.kill('SIGKILL');
  await ended;
}

/** Counts what happens in a folder: each copy that is made, written to and renamed is some events. */
function countEvents(folder: string) {
  let seen = 0;
  let wake = () => {};
  const watcher = watch(folder, () => {
    seen += 1;
    wake();
  });
  return {
    /** Resolves with true after so many more events, with false when `others` came first. */
    more(count: number, others: Promise<unknown>): Promise<boolean> {
      const wanted = seen + count;
      const reached = new Promise<boolean>((resolve) => {
        wake = () => seen >= wanted && resolve(true);
      });
      return Promise.race([reached, others.then(() => false)]);
    },
    stop: () => watcher.close(),
  };
}

/** Resolves when the application has nothing to do, or is gone. */
async function idle(api: Api): Promise<void> {
  const isIdle = ({ pending, running }: { pending: number; running: number }) => pending + running === 0;
  await until('the queue to be empty', () => api.queue.status({}).then(isIdle)).catch(() => {});
}
