import { monitorEventLoopDelay } from 'node:perf_hooks';
import { record } from './results';

const TIMES = 5;

export interface Slowest {
  /** Processor time of an answer, in milliseconds: a busy machine must not fail a run. */
  readonly answer: number;
  /** How long the main thread could not be reached, in milliseconds, the 99th of a hundred times. */
  readonly loop: number;
}

/** Asks each question some times, one after the other, notes how long the answers take, and gives the slowest. */
export async function askAll(section: string, questions: Readonly<Record<string, () => unknown>>): Promise<Slowest> {
  const slowest = { answer: 0, loop: 0 };
  for (const [question, ask] of Object.entries(questions)) {
    const { first, median, most, worked, delay } = await askOne(ask);
    record(section, {
      question,
      first: `${first.toFixed(0)} ms`,
      median: `${median.toFixed(0)} ms`,
      most: `${most.toFixed(0)} ms`,
      'processor time': `${worked.toFixed(0)} ms`,
      'event loop delay p99': `${delay.toFixed(1)} ms`,
    });
    slowest.answer = Math.max(slowest.answer, worked);
    slowest.loop = Math.max(slowest.loop, delay);
  }
  return slowest;
}

async function askOne(ask: () => unknown) {
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  const times: number[] = [];
  const processor = process.cpuUsage();
  for (let time = 0; time < TIMES; time++) {
    const began = performance.now();
    await ask();
    times.push(performance.now() - began);
  }
  const { user, system } = process.cpuUsage(processor);
  loop.disable();
  const [first] = times;
  times.sort((a, b) => a - b);
  const worked = (user + system) / 1000 / TIMES;
  return { first, median: times[TIMES >> 1], most: times[TIMES - 1], worked, delay: loop.percentile(99) / 1e6 };
}
