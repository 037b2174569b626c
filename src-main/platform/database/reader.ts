import { AppError } from '../../rpc';
import { type ReadingThread, startReadingThread } from './reading-thread';

/** Functions that only read the database, by name. What goes in and comes out crosses a thread: plain data. */
export type Queries = Readonly<Record<string, (input: never) => unknown>>;

/** Asks a query by its name; throws what the query throws. */
export interface Reader<Q extends Queries> {
  read<N extends keyof Q & string>(name: N, input: Parameters<Q[N]>[0]): Promise<ReturnType<Q[N]>>;
}

/** The queries in this thread: for tests, and wherever nobody else waits. */
export function readHere<Q extends Queries>(queries: Q): Reader<Q> {
  return { read: async (name, input) => queries[name](input as never) as ReturnType<Q[typeof name]> };
}

/**
 * A thread with a connection of its own that answers queries too long for the main thread, one after the other. It
 * starts with the first question; when it dies, what was asked of it fails with `internal` and the next question starts
 * another. After `stop`, which waits for the statement that runs, every question fails with `cancelled`.
 *
 * @param entry the thread's script, which calls `serveReader`
 * @param database the file; it must exist and be migrated
 * @param report told why the thread died, and what a query threw that is no `AppError`
 */
export function createReader<Q extends Queries>(
  entry: string,
  database: string,
  report: (thrown: unknown) => void,
): Reader<Q> & { stop(): Promise<void> } {
  let thread: ReadingThread | undefined;
  let isStopped = false;

  function start(): ReadingThread {
    const started = startReadingThread({
      ...{ entry, database, report },
      onEnd() {
        if (thread === started) thread = undefined;
      },
    });
    return started;
  }

  return {
    async read(name, input) {
      if (isStopped) throw new AppError('cancelled', 'Tonearm is closing.');
      thread ??= start();
      const outcome = await thread.ask(name, input);
      if (outcome.ok) return outcome.value as ReturnType<Q[typeof name]>;
      const { code, message, details } = outcome.error;
      throw isStopped ? new AppError('cancelled', 'Tonearm is closing.') : new AppError(code, message, { details });
    },
    async stop() {
      isStopped = true;
      await thread?.end();
    },
  };
}
