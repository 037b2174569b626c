/**
 * Safe files: replaces a file in one step, journals every write, undoes it, and settles what a crash left. Owns the
 * table `tag_write`.
 */
export { fileHashOf } from './file-hash';
export type { JournalEntry, Recovery, TagChange, UndoResult } from './journal-entry';
export { createRecovery, RECOVERY_STEPS, type RecoveryStep } from './recovery';
export { restoreOf } from './restore';
export {
  changedSince,
  type ReplaceOptions,
  ROLLBACK_STEPS,
  refuseChanged,
  replaceFile,
  STEPS,
  type Step,
} from './safe-replace';
export { eachPiece, type Source, withSource } from './source';
export { inOrder, partsAfter, type Splice, shiftAt, sizeAfter } from './splice';
export { createUndo, type Undo } from './undo';
export { unsupported } from './unsupported';
export { createWriteJournal, type WriteJournal } from './write-journal';
