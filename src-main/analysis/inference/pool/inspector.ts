import { type AlarmClock, steadyClock, within } from '../../../platform/clock';
import type { WorkerHost } from '../../../platform/worker-process';
import { AppError } from '../../../rpc';
import type { Inspect } from '../session';
import type { Optimise } from '../store';
import type { FromWorker, ToWorker } from '../worker';
import { INFER } from './worker-process';

const INSPECT_MS = 60_000;
/** Some seconds of work on a machine with nothing else to do. */
const OPTIMISE_MS = 600_000;

/** Looks into models in a worker of its own, so that a file that brings ONNX Runtime down does not do so here. */
export function createInspector(host: WorkerHost, clock: AlarmClock = steadyClock): Inspect {
  return async (file, name, kind) => {
    const ask: ToWorker = { type: 'inspect', jobId: 0, file, name, kind };
    const { inspected } = await once({
      host,
      clock,
      reads: [file],
      ask,
      answer: 'inspected',
      name,
      limitMs: INSPECT_MS,
    });
    return inspected;
  };
}

/** Rewrites models in a worker of its own, likewise. */
export function createOptimiser(host: WorkerHost, clock: AlarmClock = steadyClock): Optimise {
  return async (model, tracks, signal) => {
    const { name, file, heads } = model;
    const ask: ToWorker = { type: 'optimise', jobId: 0, model, tracks };
    const reads = [file, ...heads.map((head) => head.file), ...tracks];
    const question = { host, clock, reads, ask, name, limitMs: OPTIMISE_MS, signal };
    return (await once({ ...question, answer: 'optimised' })).outcome;
  };
}

interface Question<T extends FromWorker['type']> {
  readonly host: WorkerHost;
  readonly clock: AlarmClock;
  /** What the worker may read. */
  readonly reads: readonly string[];
  readonly ask: ToWorker;
  readonly answer: T;
  /** Of the model. */
  readonly name: string;
  readonly limitMs: number;
  readonly signal?: AbortSignal;
}

/** Starts a worker for one question and ends it. Throws what it answers, or `invalid_input` when it does not. */
async function once<T extends FromWorker['type']>(question: Question<T>): Promise<Extract<FromWorker, { type: T }>> {
  const { host, clock, reads, ask, name, limitMs, signal } = question;
  signal?.throwIfAborted();
  const channel = await host.spawn<ToWorker, FromWorker>(INFER, { name: ask.type, reads });
  const kill = () => channel.kill();
  signal?.addEventListener('abort', kill);
  try {
    const answer = new Promise<Extract<FromWorker, { type: T }>>((resolve, reject) => {
      channel.onExit(() => reject(unusable(name)));
      channel.onMessage((message) => {
        if (isAnswer(message, question.answer)) resolve(message);
        if (message.type === 'failed') reject(new AppError(message.failure.code, message.failure.message));
      });
      channel.post(ask);
    });
    if (await within(clock, limitMs, answer)) return await answer;
    throw unusable(name);
  } finally {
    signal?.removeEventListener('abort', kill);
    kill();
  }
}

const isAnswer = <T extends FromWorker['type']>(
  message: FromWorker,
  type: T,
): message is Extract<FromWorker, { type: T }> => message.type === type;

const unusable = (name: string) =>
  new AppError('invalid_input', `${name} brings the analyzer down; it cannot be used.`);
