/**
 * Verify: reads written files again and tells which are no longer what was written. Owns the tables `verification` and
 * `verification_finding`.
 */
export type { WrittenFile } from './judge';
export { createVerify, type Verify } from './verify';
export { verifyJobKind } from './verify-job';
export { verifyReaders } from './verify-readers';
export { createWrittenQueries } from './written-queries';
