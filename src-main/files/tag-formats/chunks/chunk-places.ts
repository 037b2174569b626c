import type { Source } from '../../safe-files';

/** The order of bytes in lengths: RIFF's or AIFF's. */
export type Order = 'LE' | 'BE';

export interface ChunkPlace {
  readonly id: string;
  readonly bodyAt: number;
  /** As far as the file holds it. */
  readonly length: number;
}

const UNKNOWN = 0xffffffff;
const MAX_CHUNKS = 10_000;

/**
 * The chunks of a WAV (RF64 and BW64 too) or AIFF file by their heads, as far as they lead from one to the next. Audio of
 * a length that was never filled in goes to the end of the file.
 */
export async function chunksIn(source: Source, order: Order): Promise<ChunkPlace[]> {
  const chunks: ChunkPlace[] = [];
  let wideLength: number | undefined;
  for (let at = 12; at + 8 <= source.size && chunks.length < MAX_CHUNKS; ) {
    const head = await source.read(at, 8);
    const id = head.toString('latin1', 0, 4);
    if (head.length < 8 || !/^[\x20-\x7e]{4}$/.test(id)) break;
    const stated = order === 'LE' ? head.readUInt32LE(4) : head.readUInt32BE(4);
    const left = source.size - at - 8;
    const isOpen = id === 'data' && (stated === UNKNOWN || (stated === 0 && !(await isChunk(source, at + 8))));
    const length = Math.min(left, isOpen ? (wideLength ?? left) : stated);
    if (id === 'ds64' && length >= 16) {
      wideLength = Number((await source.read(at + 16, 8)).readBigUInt64LE(0));
    }
    chunks.push({ id, bodyAt: at + 8, length });
    at += 8 + length + (length & 1);
  }
  return chunks;
}

/** Whether the name of a chunk stands here. */
async function isChunk(source: Source, at: number): Promise<boolean> {
  return /^[A-Za-z(][\x20-\x7e]{3}$/.test((await source.read(at, 4)).toString('latin1'));
}
