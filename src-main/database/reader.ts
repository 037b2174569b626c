import { Worker } from 'node:worker_threads';
import { AppError, type Outcome } from '../errors';

/** Functions that only read the database, by name. What goes in and comes out crosses a thread: plain data. */
export type Queries = Readonly<Record<string, (input: never) => unknown>>;

/** Asks a query by its name; throws what the query throws. */
export interface Reader<Q extends Queries> {
  read<N extends keyof Q & string>(name: N, input: Parameters<Q[N]>[0]): Promise<ReturnType<Q[N]>>;
}

export interface Question {
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
}
export interface Answer {
  readonly id: number;
  readonly outcome: Outcome<unknown>;
}

/** The queries in this thread: for tests, and wherever nobody else waits. */
export function readHere<Q extends Queries>(queries: Q): Reader<Q> {
  return { read: async (name, input) => queries[name](input as never) as ReturnType<Q[typeof name]> };
}

/**
 * A thread with a connection of its own that answers queries too long for the main thread, one after the other. It starts
 * with the first question; when it dies, what was asked fails with `internal` and the next question starts another.
 *
 * @param entry the thread's script, which calls `serveReader`
 * @param database the file; it must exist and be migrated
 * @param report told why the thread died
 */
export function createReader<Q extends Queries>(
  entry: string,
  database: string,
  report: (thrown: unknown) => void,
): Reader<Q> & { stop(): Promise<void> } {
  const waiting = new Map<number, (outcome: Outcome<unknown>) => void>();
  let thread: Worker | undefined;
  let lastId = 0;

  function start(): Worker {
    const started = new Worker(entry, { workerData: { database } });
    started.on('message', ({ id, outcome }: Answer) => {
      waiting.get(id)?.(outcome);
      waiting.delete(id);
      if (waiting.size === 0) started.unref();
    });
    // The exit that follows an error tells all who wait.
    started.on('error', report);
    started.on('exit', () => {
      if (thread === started) thread = undefined;
      for (const settle of waiting.values()) settle({ ok: false, error: { ...DIED, details: [] } });
      waiting.clear();
    });
    return started;
  }

  return {
    async read(name, input) {
      thread ??= start();
      const id = ++lastId;
      const answered = new Promise<Outcome<unknown>>((resolve) => waiting.set(id, resolve));
      thread.ref();
      thread.postMessage({ id, name, input } satisfies Question);
      const outcome = await answered;
      if (!outcome.ok)
        throw new AppError(outcome.error.code, outcome.error.message, { details: outcome.error.details });
      return outcome.value as ReturnType<Q[typeof name]>;
    },
    async stop() {
      await thread?.terminate();
    },
  };
}

const DIED = { code: 'internal', message: 'What was asked of the library came to no end. Ask again.' } as const;
