import BetterSqlite3 from 'better-sqlite3';
import { serveThread } from '../worker-thread';
import { isDamage, looseRowsOf, problemsOf } from './check-database';
import { type CopyRequest, type CopyResult, copyDatabase } from './copy-database';

export interface CheckRequest {
  readonly database: string;
}
export interface DatabaseCheck {
  /** In SQLite's words; none when it is sound. */
  readonly problems: string[];
}

void serveThread<CopyRequest | CheckRequest, CopyResult | DatabaseCheck>((input) =>
  'database' in input ? check(input.database) : copyDatabase(input),
);

function check(database: string): DatabaseCheck {
  try {
    const db = new BetterSqlite3(database, { readonly: true, fileMustExist: true });
    try {
      const problems = problemsOf(db, 'whole');
      return { problems: problems.length > 0 ? problems : looseRowsOf(db) };
    } finally {
      db.close();
    }
  } catch (thrown) {
    if (!isDamage(thrown)) throw thrown;
    return { problems: [(thrown as Error).message] };
  }
}
