import type { FileReader } from '../contained-readers';
import { type Judged, judge, type WrittenFile } from './judge';

const HALF_AN_HOUR_MS = 30 * 60_000;

/** Reads all of a file, which others may have changed since we wrote it. */
export const verifyReaders = {
  judgeWritten: {
    read: judge,
    pathOf: ({ path }) => path,
    timeoutMs: HALF_AN_HOUR_MS,
  } satisfies FileReader<WrittenFile, Judged>,
};
