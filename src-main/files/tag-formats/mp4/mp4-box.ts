import type { Source } from '../../safe-files';
import { unsupported } from '../../safe-files';

/** One box (atom) of an MP4 file. ISO/IEC 14496-12. */
export interface Box {
  readonly type: string;
  readonly offset: number;
  readonly bodyAt: number;
  readonly end: number;
  readonly children: readonly Box[];
}

const PARENTS = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl', 'udta', 'edts', 'moof', 'traf', 'mfra', 'mvex']);

/** All boxes of the file, those within others too; what is in `ilst` are the tags. Throws `unsupported_file`. */
export async function readBoxes(source: Source): Promise<Box[]> {
  return readRange(source, 0, source.size, 0);
}

async function readRange(source: Source, start: number, end: number, depth: number): Promise<Box[]> {
  const boxes: Box[] = [];
  for (let at = start; at < end; at = boxes.at(-1)!.end) {
    // An old QuickTime closes its user data with four zeros.
    if (end - at < 8 && depth > 0 && (await source.read(at, end - at)).every((byte) => byte === 0)) return boxes;
    boxes.push(await readBox(source, at, end, depth));
  }
  return boxes;
}

async function readBox(source: Source, at: number, end: number, depth: number): Promise<Box> {
  const head = await source.read(at, 16);
  if (head.length < 8) throw unsupported('The file is cut off.');
  const stated = head.readUInt32BE(0);
  const type = head.toString('latin1', 4, 8);
  const isWide = stated === 1 && head.length === 16;
  const size = isWide ? Number(head.readBigUInt64BE(8)) : stated === 0 && depth === 0 ? end - at : stated;
  const bodyAt = at + (isWide ? 16 : 8);
  if (size < bodyAt - at || at + size > end || depth > 16)
    throw unsupported('The file is cut off, or its boxes are damaged.');
  return {
    type,
    offset: at,
    bodyAt,
    end: at + size,
    children: await childrenOf(source, { type, bodyAt, end: at + size }, depth),
  };
}

async function childrenOf(source: Source, box: { type: string; bodyAt: number; end: number }, depth: number) {
  if (PARENTS.has(box.type) || box.type === 'ilst') return readRange(source, box.bodyAt, box.end, depth + 1);
  if (box.type !== 'meta' || box.end - box.bodyAt < 12) return [];
  // QuickTime's `meta` has no version and flags, which are 0, before its first child, whose size is not.
  const isQuickTime = (await source.read(box.bodyAt, 4)).readUInt32BE(0) !== 0;
  return readRange(source, box.bodyAt + (isQuickTime ? 0 : 4), box.end, depth + 1);
}

export function findBox(boxes: readonly Box[], ...path: string[]): Box | undefined {
  const [type, ...rest] = path;
  const found = boxes.find((box) => box.type === type);
  return found && rest.length > 0 ? findBox(found.children, ...rest) : found;
}

export function* everyBox(boxes: readonly Box[]): Generator<Box> {
  for (const box of boxes) {
    yield box;
    yield* everyBox(box.children);
  }
}

/** A box of the given type around the parts. */
export function box(type: string, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([uint32(body.length + 8), Buffer.from(type, 'latin1'), body]);
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}
