/**
 * Safe files: the one way by which any file is written. Makes, replaces or removes it in one step, asks the guards
 * first, journals every write, undoes it, and settles what a crash left. Kinds of files are registered. Owns the tables
 * `file_write` and `file_write_folder`.
 */
export { ROLLBACK_STEPS, STEPS, type Step } from './change-file';
export { readErrorOf } from './file-errors';
export { fileHashOf } from './file-hash';
export type { FileKind } from './file-kind';
export type { JournalEntry, TagChange, UndoResult } from './journal-entry';
export { RECOVERY_STEPS } from './recovery';
export { changedSince } from './refusals';
export { createSafeFiles, type SafeFiles, type SafeFilesParts } from './safe-files';
export { eachPiece, type Source, sourceOfBytes, withSource } from './source';
export { inOrder, type Splice, shiftAt } from './splice';
export { unsupported } from './unsupported';
export type { PreparedWrite } from './write-file';
export type { IntendedWrite, WriteRefusal } from './write-guard';
