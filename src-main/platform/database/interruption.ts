import type BetterSqlite3 from 'better-sqlite3';
import { AppError } from '../../rpc';

/** So long may a question take that somebody asked from outside. */
const LONGEST_MS = 10_000;
/** The clock is read only so often. */
const CALLS_EACH = 256;

interface Running {
  /** Whether nobody waits for the answer any more. */
  readonly isOver: () => boolean;
  readonly until: number;
}

const runningOn = new WeakMap<BetterSqlite3.Database, Running>();
const offeredTo = new WeakSet<BetterSqlite3.Database>();

/**
 * A condition of SQL that is always true, and ends the statement when nobody waits for its answer any more or it takes
 * too long. For statements of fixed cost that visit a whole table: it asks at each 64th row only.
 *
 * @param id a column of the rows that are visited, with whole numbers
 */
export const stillWantedAt = (id: string): string => `(${id} % 64 <> 0 OR still_wanted())`;

/**
 * Makes the function `still_wanted()` known to SQL: 1, or an end of the statement when nobody waits for its answer any
 * more or it takes too long. SQLite cannot be interrupted in any other way from here; a statement whose cost the asker
 * decides calls it for each row.
 */
export function offerStillWanted(db: BetterSqlite3.Database): void {
  if (offeredTo.has(db)) return;
  offeredTo.add(db);
  let calls = 0;
  db.function('still_wanted', { directOnly: true, deterministic: false }, () => {
    calls += 1;
    const running = runningOn.get(db);
    if (!running) return 1;
    if (running.isOver()) throw new AppError('cancelled', 'Nobody waits for the answer any more.');
    if (calls % CALLS_EACH === 0 && performance.now() > running.until)
      throw new AppError(
        'timed_out',
        `This takes longer than ${LONGEST_MS / 1000} seconds. Ask for something simpler.`,
      );
    return 1;
  });
}

/** Runs one question so that `still_wanted()` ends it once it is over, or after ten seconds. */
export function interruptible<T>(db: BetterSqlite3.Database, isOver: () => boolean, question: () => T): T {
  runningOn.set(db, { isOver, until: performance.now() + LONGEST_MS });
  try {
    return question();
  } finally {
    runningOn.delete(db);
  }
}
