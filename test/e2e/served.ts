import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { BatchSummary, JobView } from '../../src-main/jobs/queue/contract';
import { findPaths } from '../../src-main/platform/paths/paths';
import type { Api } from '../../src-main/transport/cli/terminal/api';
import { findRunning } from '../../src-main/transport/cli/terminal/remote';

const NOM = join(import.meta.dirname, '../../out/main/cli.js');

/** The whole application in a process of its own, as `nom serve` runs it. */
export interface Served {
  readonly pid: number;
  readonly api: Api;
  /** Its address on this machine, without a slash at the end. */
  readonly address: string;
  /** Kills it as a power cut would; its workers are left to themselves. */
  kill(): Promise<void>;
  /** Ends it as a person would; gives the exit code. */
  stop(): Promise<number | null>;
}

export interface ServeOptions {
  readonly data: string;
  readonly models?: string;
  /** Further options of `nom serve`. */
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts the process alone, for those who want to strike before it answers. */
export function spawnServe({ data, models = '', args = [], env: more = {} }: ServeOptions): ChildProcess {
  const env = { ...process.env, TONEARM_DATA: data, TONEARM_MODELS: models, TONEARM_PORT: '0', ...more };
  const child = spawn(process.execPath, [NOM, 'serve', '--json', ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stderr?.resume();
  return child;
}

/** Starts the application and waits until it answers. Throws with what it complained of when it leaves instead. */
export async function serve(options: ServeOptions): Promise<Served> {
  const child = spawnServe(options);
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  const ended = once(child, 'exit') as Promise<[number | null]>;
  const first = await Promise.race([once(child.stdout!, 'data').then(() => 'answers' as const), ended]);
  if (first !== 'answers') throw new Error(`nom serve left with ${first[0]}: ${complaint}`);
  const paths = findPaths({ data: options.data, models: [] });
  // It is asked for a short while at a time; a busy machine takes longer.
  const running = await until(`nom serve to answer: ${complaint}`, () => findRunning(paths));
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    return (await ended)[0];
  };
  return {
    pid: child.pid!,
    api: running.api,
    address: running.address,
    kill: () => end('SIGKILL').then(() => {}),
    stop: () => end('SIGTERM'),
  };
}

type Maybe<T> = T | false | undefined;

/** Asks until the answer is something, but not forever. */
export async function until<T>(what: string, ask: () => Maybe<T> | Promise<Maybe<T>>, patienceMs = 60_000): Promise<T> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (performance.now() > deadline) throw new Error(`Waited ${patienceMs / 1000} s in vain: ${what}`);
    await setTimeout(100);
  }
}

/** Waits until nothing of a batch waits or runs, and gives its account. */
export function batchEnded(api: Api, batchId: number, patienceMs?: number): Promise<BatchSummary> {
  return until(
    `batch ${batchId} to end`,
    async () => {
      const batch = await api.queue.batch({ batch_id: batchId });
      return batch.pending + batch.running === 0 && batch;
    },
    patienceMs,
  );
}

/** What became of every file of a batch, by path; pages come newest first. */
export async function jobsOf(api: Api, batchId: number): Promise<Map<string, JobView>> {
  const found = new Map<string, JobView>();
  for (let offset = 0; ; offset += 500) {
    const { jobs, total } = await api.queue.list({ limit: 500, offset });
    for (const job of jobs) if (job.batch_id === batchId) found.set(job.path, job);
    if (offset + jobs.length >= total || jobs.length === 0) return found;
  }
}

/** found − (done + skipped + failed + pending + running): nothing, when every file is accounted for. */
export function unaccounted({ found, done, skipped, failed, pending, running }: BatchSummary): number {
  const sum = (parts: readonly { count: number }[]) => parts.reduce((all, { count }) => all + count, 0);
  return found - done - sum(skipped) - sum(failed) - pending - running;
}

/** The worker processes that belong to a data folder; Linux only, nothing elsewhere. */
export function workersOf(data: string): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && isWorkerOf(pid, data));
}

function isWorkerOf(pid: number, data: string): boolean {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    // Its environment is empty; what it may read tells whose it is.
    return command.includes('workers/infer.js') && command.includes(`=${join(data, 'models')}\0`);
  } catch {
    return false;
  }
}
