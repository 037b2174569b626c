import { stat } from 'node:fs/promises';
import { AppError } from '../../rpc';
import { fileHashOf, type Source, withSource } from '../safe-files';
import { openTags, payloadHashOf } from '../tag-formats';

/** A file as the journal's last write or undo left it. */
export interface WrittenFile {
  /** Absolute. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly mtimeMs: number;
  /** SHA-256 of every byte. */
  readonly fileHash: string;
  readonly payloadHash: string;
}

/**
 * - `intact`: byte for byte as it was left, its time too
 * - `retagged`: others changed the file or its time since, its audio is the same
 * - `replaced`: others changed the file since, and it holds other audio
 * - `damaged`: nobody changed it, says its time, and yet its bytes are others
 * - `missing`, `unreadable`: it is not there; it cannot be read or understood any more
 */
export type Verdict = 'intact' | 'retagged' | 'replaced' | 'damaged' | 'missing' | 'unreadable';

export interface Judged {
  readonly verdict: Verdict;
  /** Its size: how much was read. */
  readonly bytes: number;
}

/** Reads a file again and tells whether it is as the journal says. Never throws for what is wrong with the file. */
export async function judge(file: WrittenFile): Promise<Judged> {
  try {
    const { size, mtimeMs } = await stat(file.path);
    const isUntouched = size === file.sizeBytes && mtimeMs === file.mtimeMs;
    const verdict = await withSource(file.path, (source) =>
      isUntouched ? judgeUntouched(source, file) : judgeTouched(source, file),
    );
    return { verdict, bytes: size };
  } catch (thrown) {
    const { code } = thrown as { code?: string };
    return { verdict: code === 'ENOENT' || code === 'ENOTDIR' ? 'missing' : 'unreadable', bytes: 0 };
  }
}

/** The hash of all bytes tells of the audio too, in one reading. */
async function judgeUntouched(source: Source, file: WrittenFile): Promise<Verdict> {
  return (await fileHashOf(source)) === file.fileHash ? 'intact' : 'damaged';
}

async function judgeTouched(source: Source, file: WrittenFile): Promise<Verdict> {
  try {
    if ((await payloadHashOf(await openTags(source))) === file.payloadHash) return 'retagged';
    return 'replaced';
  } catch (thrown) {
    // It was understood once; now it is something else, or what is left of it.
    if (thrown instanceof AppError && thrown.code === 'unsupported_file') return 'replaced';
    throw thrown;
  }
}
