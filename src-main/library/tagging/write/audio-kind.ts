import type { FileKind } from '../../../files/safe-files';

/**
 * Audio with tags: large files of which a write changes little. What a copy must be depends on what was planned, so
 * each write verifies its own.
 */
export const AUDIO: FileKind = { kind: 'audio', keeps: 'splices', reserveBytes: 100 * 1024 * 1024 };
