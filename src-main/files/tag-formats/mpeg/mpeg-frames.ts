import { adtsFrame, adtsFrameLength, type FrameHeader, mpegFrame, mpegFrameLength } from '../../../analysis/audio';
import type { Source } from '../../safe-files';

/** Bytes that are held at once while the first frame is looked for, and how far it is looked for. */
const PIECE = 128 * 1024;
const SEARCHED = 2 * 1024 * 1024;
/** So many bytes of a frame are looked at. */
const HEADER = 7;
const WANTED = 3;

export type FrameKind = 'mp3' | 'aac';

/** Whether the bytes are a stream of MPEG audio or ADTS frames: some in a row, or as many as there are till the end. */
export async function findFrames(
  source: Source,
  range: { offset: number; length: number },
): Promise<FrameKind | undefined> {
  return (await findFirstFrame(source, range))?.kind;
}

/** Where such a stream begins, and which kind it is. */
export async function findFirstFrame(
  source: Source,
  range: { offset: number; length: number },
): Promise<{ kind: FrameKind; offset: number } | undefined> {
  const end = range.offset + range.length;
  for (let from = range.offset; from < Math.min(end, range.offset + SEARCHED); from += PIECE) {
    // Frames in a row may reach into the next piece.
    const bytes = await source.read(from, Math.min(end - from, PIECE + 16 * 1024));
    const found = firstIn(bytes, from + bytes.length >= end);
    if (found && found.at < PIECE) return { kind: found.kind, offset: from + found.at };
  }
  return undefined;
}

function firstIn(bytes: Buffer, isAll: boolean): { kind: FrameKind; at: number } | undefined {
  for (let at = bytes.indexOf(0xff); at >= 0 && at + HEADER <= bytes.length; at = bytes.indexOf(0xff, at + 1)) {
    for (const [kind, length] of [
      ['mp3', mpegFrameLength],
      ['aac', adtsFrameLength],
    ] as const) {
      if (areInARow(bytes, at, length, isAll)) return { kind, at };
    }
  }
  return undefined;
}

function areInARow(
  bytes: Buffer,
  start: number,
  lengthAt: (bytes: Buffer, at: number) => number,
  isAll: boolean,
): boolean {
  let at = start;
  for (let found = 0; found < WANTED; found++) {
    if (found > 0 && at + HEADER > bytes.length) return isAll && at === bytes.length;
    const length = lengthAt(bytes, at);
    if (length === 0) return false;
    at += length;
  }
  return true;
}

/** The frame of that kind here; undefined when there is none. */
export const frameAt = (bytes: Buffer, at: number, kind: FrameKind): FrameHeader | undefined =>
  kind === 'mp3' ? mpegFrame(bytes, at) : adtsFrame(bytes, at);
