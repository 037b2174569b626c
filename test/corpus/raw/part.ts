/**
 * One piece of a file as it lies on the disk: a frame, an atom, a comment, a chunk, the audio. Read by code of the tests
 * alone, which shares nothing with what the product reads by.
 */
export interface RawPart {
  /** Where it is and what it is called: `ID3 TXXX`, `moov/udta/meta/ilst/----`. */
  readonly name: string;
  /** As they are; positions and sizes that must move with their neighbours are zero. */
  readonly bytes: Buffer;
  /** Where it begins in the file, where that can be said. */
  readonly at?: number;
}

export const latin1 = (bytes: Buffer, from: number, to: number): string => bytes.toString('latin1', from, to);

/** A copy with a range of zeros. */
export function without(bytes: Buffer, ...ranges: readonly (readonly [from: number, to: number])[]): Buffer {
  const copy = Buffer.from(bytes);
  for (const [from, to] of ranges) copy.fill(0, from, to);
  return copy;
}

/** The comments of a Vorbis comment from `at` on, and what lies behind them. */
export function comments(bytes: Buffer, at: number, place: string): RawPart[] {
  const parts: RawPart[] = [];
  let offset = at;
  const next = (name: string) => {
    const length = bytes.readUInt32LE(offset);
    parts.push({ name, bytes: bytes.subarray(offset + 4, offset + 4 + length) });
    offset += 4 + length;
  };
  next(`${place} vendor`);
  const count = bytes.readUInt32LE(offset);
  offset += 4;
  for (let index = 0; index < count; index++) next(`${place} comment`);
  return parts;
}
