import type { Source } from '../../safe-files';
import { type Splice, shiftAt, unsupported } from '../../safe-files';
import { type Box, everyBox } from './mp4-box';

/** A table of positions within the file: where it lies, how wide its numbers are, and what they are. */
interface Positions {
  readonly offset: number;
  readonly width: 4 | 8;
  /** Bytes from one number to the next. */
  readonly step: number;
  readonly values: readonly number[];
}

/** Every absolute position that the file's boxes state: chunks of samples, bases of fragments, the fragment index. */
export async function readPositions(source: Source, boxes: readonly Box[]): Promise<Positions[]> {
  const tables: Positions[] = [];
  for (const { type, bodyAt, end } of everyBox(boxes)) {
    if (!['stco', 'co64', 'tfhd', 'tfra'].includes(type)) continue;
    const body = await source.read(bodyAt, end - bodyAt);
    const table = body.length < 8 ? undefined : tableOf(type, Buffer.from(body), bodyAt);
    if (table) tables.push(table);
  }
  return tables;
}

function tableOf(type: string, body: Buffer, at: number): Positions | undefined {
  if (type === 'tfhd') {
    if (!(body[3] & 1) || body.length < 16) return undefined;
    return numbers(body, { at, first: 8, width: 8, step: 8, count: 1 });
  }
  if (type === 'tfra') {
    if (body.length < 16) return undefined;
    const wide = body[0] === 1 ? 8 : 4;
    const lengths = body.readUInt32BE(8);
    const rest = 3 + ((lengths >> 4) & 3) + ((lengths >> 2) & 3) + (lengths & 3);
    return numbers(body, { at, first: 16 + wide, width: wide, step: 2 * wide + rest, count: body.readUInt32BE(12) });
  }
  const width = type === 'co64' ? 8 : 4;
  return numbers(body, { at, first: 8, width, step: width, count: body.readUInt32BE(4) });
}

function numbers(
  body: Buffer,
  shape: { at: number; first: number; width: 4 | 8; step: number; count: number },
): Positions {
  const { at, first, width, step, count } = shape;
  if (count > 0 && first + (count - 1) * step + width > body.length)
    throw unsupported('Its tables of positions are damaged.');
  const values = Array.from({ length: count }, (_, index) =>
    width === 8 ? Number(body.readBigUInt64BE(first + index * step)) : body.readUInt32BE(first + index * step),
  );
  return { offset: at + first, width, step, values };
}

/** The splices that let every position point to the same bytes again after the given ones. */
export async function movedPositions(
  source: Source,
  tables: readonly Positions[],
  splices: readonly Splice[],
): Promise<Splice[]> {
  const moved: Splice[] = [];
  for (const { offset, width, step, values } of tables) {
    if (values.every((value) => shiftAt(value, splices) === 0)) continue;
    const span = (values.length - 1) * step + width;
    const bytes = Buffer.from(await source.read(offset, span));
    for (const [index, value] of values.entries()) {
      const position = value + shiftAt(value, splices);
      if (width === 8) bytes.writeBigUInt64BE(BigInt(position), index * step);
      else if (position > 0xffffffff) throw unsupported('The file would become larger than its tables can tell.');
      else bytes.writeUInt32BE(position, index * step);
    }
    moved.push({ offset, remove: span, insert: bytes });
  }
  return moved;
}
