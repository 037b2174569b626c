import type { Database } from './database';

interface Arrived<T, R> {
  readonly item: T;
  readonly resolve: (value: R) => void;
  readonly reject: (thrown: unknown) => void;
}
type Attempt<R> = { readonly value: R } | { readonly thrown: unknown };

/** Written without letting others work: some hundredths of a second. */
const MAX_AT_ONCE = 100;

/**
 * Makes what arrives in one turn of the loop durable in one transaction, so that the disk is asked once for hundreds of
 * them. Each resolves after that commit. One that throws is taken back alone; the others are kept.
 *
 * @param keep writes one of them
 */
export function createGroupCommit<T, R>(db: Database, keep: (item: T) => R): (item: T) => Promise<R> {
  const arrived: Arrived<T, R>[] = [];
  const keepOne = db.transaction(keep);
  const keepAll = db.transaction((items: readonly Arrived<T, R>[]) => items.map(({ item }) => attempt(item)));

  function attempt(item: T): Attempt<R> {
    try {
      return { value: keepOne(item) };
    } catch (thrown) {
      // SQLite gives up a whole transaction by itself, as when the disk is full: then nothing of it is kept.
      if (!db.inTransaction) throw thrown;
      return { thrown };
    }
  }

  function commit(): void {
    const items = arrived.splice(0, MAX_AT_ONCE);
    if (arrived.length > 0) setImmediate(commit);
    try {
      for (const [at, kept] of keepAll(items).entries()) {
        if ('value' in kept) items[at].resolve(kept.value);
        else items[at].reject(kept.thrown);
      }
    } catch (thrown) {
      for (const { reject } of items) reject(thrown);
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      arrived.push({ item, resolve, reject });
      if (arrived.length === 1) setImmediate(commit);
    });
}
