import { Worker } from 'node:worker_threads';
import type { Failure, Outcome } from '../../rpc';

export interface Question {
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
  /** Asked from outside: it may take so long only, and can be interrupted. */
  readonly isLimited?: boolean;
}
export interface Answer {
  readonly id: number;
  readonly outcome: Outcome<unknown>;
  /** The stack of what nobody expected, for the log. */
  readonly unexpected?: string;
}

/** One life of the thread: what was asked of it, it answers or fails. */
export interface ReadingThread {
  /** Throws when the input cannot cross to a thread. */
  ask(name: string, input: unknown, isLimited?: boolean): Promise<Outcome<unknown>>;
  /** Nobody waits any more for what was asked last. */
  interrupt(): void;
  /** What still waits fails. */
  end(): Promise<void>;
}

export interface ThreadOptions {
  /** The thread's script. */
  readonly entry: string;
  /** The database's file. */
  readonly database: string;
  /** Told of what nobody expected: why the thread died, or what a query threw. */
  readonly report: (thrown: unknown) => void;
  /** The thread takes no more questions; comes before the failures of those that wait. */
  readonly onEnd: () => void;
}

const DIED: Failure = {
  code: 'internal',
  message: 'What was asked of the library came to no end. Ask again.',
  details: [],
};

export function startReadingThread({ entry, database, report, onEnd }: ThreadOptions): ReadingThread {
  const waiting = new Map<number, (outcome: Outcome<unknown>) => void>();
  /** The number of the question that is over. */
  const over = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(entry, { workerData: { database, over } });
  let lastId = 0;

  worker.on('message', ({ id, outcome, unexpected }: Answer) => {
    if (unexpected !== undefined) report(new Error('A query failed', { cause: unexpected }));
    waiting.get(id)?.(outcome);
    waiting.delete(id);
    // An application that has nothing else to do may end; its thread does not keep it.
    if (waiting.size === 0) worker.unref();
  });
  worker.on('error', (thrown) => {
    report(thrown);
    end();
  });
  worker.on('exit', end);

  function end(): void {
    onEnd();
    const left = [...waiting.values()];
    waiting.clear();
    for (const settle of left) settle({ ok: false, error: DIED });
  }

  return {
    ask(name, input, isLimited) {
      const id = ++lastId;
      worker.postMessage({ id, name, input, isLimited } satisfies Question);
      worker.ref();
      return new Promise((resolve) => waiting.set(id, resolve));
    },
    interrupt: () => void Atomics.store(over, 0, lastId),
    async end() {
      await worker.terminate();
    },
  };
}
