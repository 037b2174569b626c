import { AppError } from '../../rpc';
import type { Source } from './source';

/** At `offset` of a file, `remove` bytes give way to `insert`. */
export interface Splice {
  readonly offset: number;
  readonly remove: number;
  readonly insert: Uint8Array;
}

/** By position, without those that change nothing; throws when two overlap, which is a fault of the format's code. */
export function inOrder(splices: readonly Splice[]): Splice[] {
  const sorted = splices
    .filter((splice) => splice.remove > 0 || splice.insert.length > 0)
    .sort((a, b) => a.offset - b.offset);
  for (const [index, splice] of sorted.entries()) {
    const next = sorted[index + 1];
    if (next && splice.offset + splice.remove > next.offset) throw new Error('Two splices overlap');
  }
  return sorted;
}

export function sizeAfter(size: number, splices: readonly Splice[]): number {
  return splices.reduce((sum, splice) => sum - splice.remove + splice.insert.length, size);
}

/** How far a position of the old file moves; one where something is inserted moves with what follows. */
export function shiftAt(position: number, splices: readonly Splice[]): number {
  let shift = 0;
  for (const splice of splices) {
    if (splice.offset + splice.remove <= position) shift += splice.insert.length - splice.remove;
  }
  return shift;
}

/** A file made of ranges of another and of new bytes. */
export type Part = { from: number; length: number } | { bytes: Uint8Array };

/** The whole file after the splices, as parts. */
export function partsAfter(size: number, splices: readonly Splice[]): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const splice of splices) {
    if (splice.offset > at) parts.push({ from: at, length: splice.offset - at });
    if (splice.insert.length > 0) parts.push({ bytes: splice.insert });
    at = splice.offset + splice.remove;
  }
  if (size > at) parts.push({ from: at, length: size - at });
  return parts;
}

const PIECE = 1024 * 1024;

/** Hands the bytes of the parts to `take` in order; throws when the source ends early. */
export async function eachByteOf(
  parts: readonly Part[],
  source: Source,
  take: (piece: Uint8Array) => Promise<void>,
): Promise<void> {
  for (const part of parts) {
    if ('bytes' in part) {
      await take(part.bytes);
      continue;
    }
    for (let done = 0; done < part.length; ) {
      const piece = await source.read(part.from + done, Math.min(PIECE, part.length - done));
      if (piece.length === 0) throw new AppError('file_changed', 'The file became shorter while it was copied.');
      await take(piece);
      done += piece.length;
    }
  }
}
