import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import BetterSqlite3 from 'better-sqlite3';
import { AppError, toFailure } from '../../rpc';
import type { Database } from './database';
import { interruptible } from './interruption';
import type { Queries } from './reader';
import type { Answer, Question } from './reading-thread';

/** The other side of `createReader`: opens the database for reading and answers, in the order of the questions. */
export function serveReader(queriesOf: (db: Database) => Queries): void {
  const { database, over } = workerData as { database: string; over: Int32Array };
  const db = new BetterSqlite3(database, { readonly: true, fileMustExist: true });
  db.pragma('cache_size = -32000');
  db.pragma('temp_store = MEMORY');
  const limited = <T>(id: number, question: () => T) => interruptible(db, () => Atomics.load(over, 0) === id, question);
  serveQueries(parentPort!, queriesOf(db), limited);
}

/** Answers each question exactly once, also when the query throws or gives back what cannot cross to another thread. */
export function serveQueries(
  port: MessagePort,
  queries: Queries,
  limited: <T>(id: number, question: () => T) => T = (_id, question) => question(),
): void {
  port.on('message', ({ id, name, input, isLimited }: Question) => {
    const question = () => queries[name](input as never);
    try {
      const value = isLimited ? limited(id, question) : question();
      port.postMessage({ id, outcome: { ok: true, value } } satisfies Answer);
    } catch (thrown) {
      port.postMessage(failureOf(id, thrown));
    }
  });
}

function failureOf(id: number, thrown: unknown): Answer {
  const outcome = { ok: false, error: toFailure(thrown) } as const;
  if (thrown instanceof AppError) return { id, outcome };
  return { id, outcome, unexpected: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) };
}
