import { AppError } from '../../rpc';
import { type Asker, createFairReading } from './fair-reading';
import { type ReadingThread, startReadingThread } from './reading-thread';

/** Functions that only read the database, by name. What goes in and comes out crosses a thread: plain data. */
export type Queries = Readonly<Record<string, (input: never) => unknown>>;

/** Asks a query by its name; throws what the query throws. */
export interface Reader<Q extends Queries> {
  /**
   * @param asker who asks from outside: they take turns, what nobody waits for any more is dropped with `cancelled`, and
   *   what takes too long ends with `timed_out`. What we ask ourselves has none.
   */
  read<N extends keyof Q & string>(name: N, input: Parameters<Q[N]>[0], asker?: Asker): Promise<ReturnType<Q[N]>>;
}

/** The queries in this thread: for tests, and wherever nobody else waits. */
export function readHere<Q extends Queries>(queries: Q): Reader<Q> {
  return { read: async (name, input) => queries[name](input as never) as ReturnType<Q[typeof name]> };
}

/**
 * A thread with a connection of its own that answers queries too long for the main thread, one after the other, and two
 * more for those who ask from outside. Each starts with the first question; when one dies, what was asked of it fails with `internal` and the next question starts
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

  const startThread = (onEnd: () => void) => startReadingThread({ entry, database, report, onEnd });
  const fair = createFairReading(startThread);

  function start(): ReadingThread {
    const started = startThread(() => {
      if (thread === started) thread = undefined;
    });
    return started;
  }

  return {
    async read(name, input, asker) {
      if (isStopped) throw new AppError('cancelled', 'Tonearm is closing.');
      if (!asker) thread ??= start();
      const outcome = await (asker ? fair.ask(name, input, asker) : thread!.ask(name, input));
      if (outcome.ok) return outcome.value as ReturnType<Q[typeof name]>;
      const { code, message, details } = outcome.error;
      throw isStopped ? new AppError('cancelled', 'Tonearm is closing.') : new AppError(code, message, { details });
    },
    async stop() {
      isStopped = true;
      await Promise.all([thread?.end(), fair.stop()]);
    },
  };
}
