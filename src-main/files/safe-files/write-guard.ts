import { AppError, type ErrorCode } from '../../rpc';

/** A change to a file that is about to be made. */
export interface IntendedWrite {
  /** Absolute. */
  readonly path: string;
  readonly kind: string;
  /** The library that holds the file; null outside all of them. */
  readonly libraryId: number | null;
  readonly action: 'create' | 'replace' | 'remove';
}

export interface WriteRefusal {
  readonly code: ErrorCode;
  /** A sentence that the person who asked for the write can act on. */
  readonly message: string;
}

/** Asked before every change to a file, whoever makes it and why: writes, removals and undo. Null lets it pass. */
export type WriteGuard = (write: IntendedWrite) => WriteRefusal | null | Promise<WriteRefusal | null>;

/** Asks the guards one after the other; throws the first refusal. */
export async function askGuards(guards: Iterable<WriteGuard>, write: IntendedWrite): Promise<void> {
  for (const guard of guards) {
    const refusal = await guard(write);
    if (refusal) throw new AppError(refusal.code, refusal.message);
  }
}
