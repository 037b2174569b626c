import type { Endpoint } from '../../../platform/worker-process';
import { AppError, toFailure } from '../../../rpc';
import { type AnalyzeOptions, analyzeFile } from '../analyze';
import { optimiseAndProve } from '../optimiser';
import {
  analysisVersion,
  inspectModel,
  type LoadedModels,
  loadModels,
  type ModelSet,
  NO_LOADED_MODELS,
  NO_MODELS,
  runtimeVersion,
} from '../session';
import { type FromWorker, PROTOCOL, type ToWorker } from './protocol';

/** At most four messages of progress a second, however fast the blocks come. */
const PROGRESS_EVERY_MS = 250;

/**
 * Answers the pool: loads the models once and keeps them, and analyzes one file after another. Requests are done in
 * the order of their coming, but a `cancel` reaches the running one at once.
 */
export function createWorker(endpoint: Endpoint<ToWorker, FromWorker>, leave: () => void): void {
  let loaded: Promise<{ models: LoadedModels; set: ModelSet }> = Promise.resolve({
    models: NO_LOADED_MODELS,
    set: NO_MODELS,
  });
  let running: { jobId: number; abort: AbortController } | undefined;
  const cancelled = new Set<number>();
  let last: Promise<void> = Promise.resolve();

  async function configure(set: ModelSet): Promise<void> {
    const before = await loaded;
    await before.models.release();
    const models = await loadModels(set);
    loaded = Promise.resolve({ models, set });
    const version = analysisVersion('balanced', set);
    endpoint.post({ type: 'configured', version, problems: models.problems, rssBytes: rss() });
  }

  async function analyze(jobId: number, file: string, options: AnalyzeOptions): Promise<void> {
    const abort = new AbortController();
    running = { jobId, abort };
    if (cancelled.delete(jobId)) abort.abort(cancelledError());
    try {
      const { models, set } = await loaded;
      abort.signal.throwIfAborted();
      const version = analysisVersion(options.preset, set);
      const onProgress = thinned((fraction) => endpoint.post({ type: 'progress', jobId, fraction, rssBytes: rss() }));
      const analysisOptions = { ...options, models, version, signal: abort.signal, onProgress };
      const analysis = await analyzeFile(file, analysisOptions);
      endpoint.post({ type: 'analyzed', jobId, analysis, rssBytes: rss() });
    } catch (thrown) {
      if (!(thrown instanceof AppError)) console.error(thrown);
      endpoint.post({ type: 'failed', jobId, failure: toFailure(thrown), stack: stackOf(thrown), rssBytes: rss() });
    } finally {
      running = undefined;
    }
  }

  async function inspect({ jobId, file, name, kind }: Extract<ToWorker, { type: 'inspect' }>): Promise<void> {
    try {
      const inspected = await inspectModel(file, name, kind);
      endpoint.post({ type: 'inspected', jobId, inspected, rssBytes: rss() });
    } catch (thrown) {
      endpoint.post({ type: 'failed', jobId, failure: toFailure(thrown), rssBytes: rss() });
    }
  }

  async function optimiseModel({ jobId, model, tracks }: Extract<ToWorker, { type: 'optimise' }>): Promise<void> {
    try {
      endpoint.post({ type: 'optimised', jobId, outcome: await optimiseAndProve(model, tracks), rssBytes: rss() });
    } catch (thrown) {
      endpoint.post({ type: 'failed', jobId, failure: toFailure(thrown), rssBytes: rss() });
    }
  }

  function inTurn(work: () => Promise<void>): void {
    last = last.then(work);
    last.catch((thrown) => {
      // Without its models a worker is of no use; the pool starts another and counts how often.
      console.error(thrown);
      process.exit(1);
    });
  }

  function cancel(jobId: number): void {
    if (running?.jobId === jobId) running.abort.abort(cancelledError());
    else cancelled.add(jobId);
  }

  endpoint.onMessage((message: ToWorker) => {
    switch (message.type) {
      case 'configure':
        return inTurn(() => configure(message.models));
      case 'analyze':
        return inTurn(() => analyze(message.jobId, message.file, message.options));
      case 'inspect':
        return inTurn(() => inspect(message));
      case 'optimise':
        return inTurn(() => optimiseModel(message));
      case 'cancel':
        return cancel(message.jobId);
      case 'shutdown':
        return inTurn(async () => leave());
      default:
        message satisfies never;
    }
  });
  const versions = { node: process.versions.node, runtime: runtimeVersion() };
  endpoint.post({ type: 'hello', protocol: PROTOCOL, pid: process.pid, versions });
}

const stackOf = (thrown: unknown): string | undefined =>
  thrown instanceof AppError ? undefined : thrown instanceof Error ? thrown.stack : String(thrown);

const rss = () => process.memoryUsage.rss();

const cancelledError = () => new AppError('cancelled', 'The analysis was cancelled.');

function thinned(tell: (fraction: number) => void): (fraction: number) => void {
  let reportedAt = 0;
  return (fraction) => {
    const now = performance.now();
    if (now - reportedAt < PROGRESS_EVERY_MS) return;
    reportedAt = now;
    tell(fraction);
  };
}
