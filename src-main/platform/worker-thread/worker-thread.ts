import { type MessagePort, parentPort, Worker, workerData } from 'node:worker_threads';
import { AppError, type Outcome, toFailure } from '../../rpc';

type Message<P, O> = { readonly progress: P } | { readonly outcome: Outcome<O>; readonly unexpected?: string };

export interface ThreadWork<I, P> {
  /** The thread's script, which calls `serveThread`. */
  readonly entry: string;
  /** Plain data. */
  readonly input: I;
  readonly onProgress?: (progress: P) => void;
  /** Ends the thread in the middle of whatever it does; the call then throws the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Has one piece of work done in a thread of its own, which ends with it. Throws what the work throws. */
export function runInThread<I, O, P = never>({ entry, input, onProgress, signal }: ThreadWork<I, P>): Promise<O> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const worker = new Worker(entry, { workerData: input });
    const abort = () => {
      reject(signal?.reason);
      void worker.terminate();
    };
    signal?.addEventListener('abort', abort, { once: true });
    worker.on('message', (message: Message<P, O>) => {
      if ('progress' in message) return onProgress?.(message.progress);
      const { outcome, unexpected } = message;
      if (outcome.ok) return resolve(outcome.value);
      const { code, message: sentence, details } = outcome.error;
      reject(new AppError(code, sentence, { details, cause: unexpected }));
    });
    worker.on('error', reject);
    worker.on('exit', () => {
      signal?.removeEventListener('abort', abort);
      reject(new AppError('internal', 'A thread of Tonearm ended before its work was done.'));
    });
  });
}

/** The other side of `runInThread`. */
export async function serveThread<I, O, P = never>(
  work: (input: I, tell: (progress: P) => void) => O | Promise<O>,
): Promise<void> {
  const port: MessagePort = parentPort!;
  const send = (message: Message<P, O>) => port.postMessage(message);
  try {
    send({ outcome: { ok: true, value: await work(workerData as I, (progress) => send({ progress })) } });
  } catch (thrown) {
    const unexpected = thrown instanceof AppError ? undefined : String((thrown as Error)?.stack ?? thrown);
    send({ outcome: { ok: false, error: toFailure(thrown) }, unexpected });
  }
}
