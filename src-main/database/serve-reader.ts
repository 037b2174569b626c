import { parentPort, workerData } from 'node:worker_threads';
import BetterSqlite3 from 'better-sqlite3';
import { type Outcome, toFailure } from '../errors';
import type { Database } from './database';
import type { Answer, Queries, Question } from './reader';

/** The other side of `createReader`: opens the database for reading and answers, in the order of the questions. */
export function serveReader(queriesOf: (db: Database) => Queries): void {
  const db = new BetterSqlite3((workerData as { database: string }).database, { readonly: true, fileMustExist: true });
  db.pragma('cache_size = -64000');
  db.pragma('temp_store = MEMORY');
  const queries = queriesOf(db);

  function answer({ name, input }: Question): Outcome<unknown> {
    try {
      return { ok: true, value: queries[name](input as never) };
    } catch (thrown) {
      return { ok: false, error: toFailure(thrown) };
    }
  }

  parentPort!.on('message', (question: Question) => {
    parentPort!.postMessage({ id: question.id, outcome: answer(question) } satisfies Answer);
  });
}
