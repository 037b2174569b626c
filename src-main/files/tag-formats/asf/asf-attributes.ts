import { unsupported } from '../../safe-files';
import type { TagField, TagItem } from '../tag-file';

/** An attribute with its place in the file. */
export interface PlacedItem {
  readonly offset: number;
  readonly item: TagItem;
}

const NAMES = new Map([
  ['bpm', 'WM/BeatsPerMinute'],
  ['initialkey', 'WM/InitialKey'],
  ['mood', 'WM/Mood'],
]);
const FIELDS = new Map([...NAMES].map(([field, name]) => [name.toLowerCase(), field]));
const DAMAGED = 'The attributes of its header are damaged.';

/** The records of an Extended Content Description; `bytes` is the whole object, at `base` of the file. */
export function readDescriptors(bytes: Buffer, base: number): PlacedItem[] {
  return readRecords(bytes, base, (at) => {
    const nameEnd = at + 2 + bytes.readUInt16LE(at);
    const valueAt = nameEnd + 4;
    return {
      name: [at + 2, nameEnd],
      type: bytes.readUInt16LE(nameEnd),
      value: [valueAt, valueAt + bytes.readUInt16LE(nameEnd + 2)],
    };
  });
}

/** The records of a Metadata or Metadata Library object, where other programs put second values. */
export function readMetadataRecords(bytes: Buffer, base: number): PlacedItem[] {
  return readRecords(bytes, base, (at) => {
    const nameEnd = at + 12 + bytes.readUInt16LE(at + 4);
    return {
      name: [at + 12, nameEnd],
      type: bytes.readUInt16LE(at + 6),
      value: [nameEnd, nameEnd + bytes.readUInt32LE(at + 8)],
    };
  });
}

interface RecordShape {
  readonly name: readonly [number, number];
  readonly type: number;
  readonly value: readonly [number, number];
}

function readRecords(bytes: Buffer, base: number, shapeAt: (at: number) => RecordShape): PlacedItem[] {
  const items: PlacedItem[] = [];
  try {
    let at = 26;
    for (let left = bytes.readUInt16LE(24); left > 0; left--) {
      const { name, type, value } = shapeAt(at);
      if (value[1] > bytes.length) throw unsupported(DAMAGED);
      const kind = text(bytes.subarray(...name));
      const key = kind.toLowerCase();
      const values = textsOf(type, bytes.subarray(...value));
      items.push({
        offset: base + at,
        item: { kind, field: FIELDS.get(key) ?? key, values, bytes: bytes.subarray(at, value[1]) },
      });
      at = value[1];
    }
  } catch (thrown) {
    if (thrown instanceof RangeError) throw unsupported(DAMAGED);
    throw thrown;
  }
  return items;
}

function textsOf(type: number, value: Buffer): string[] | undefined {
  if (type === 0) return [text(value)];
  if (type === 3 && value.length === 4) return [String(value.readUInt32LE(0))];
  if (type === 4 && value.length === 8) return [String(value.readBigUInt64LE(0))];
  if (type === 5 && value.length === 2) return [String(value.readUInt16LE(0))];
  return undefined;
}

function text(bytes: Buffer): string {
  return bytes.toString('utf16le').replace(/\0+$/, '');
}

/** Descriptors with text, one for each value. */
export function descriptorsOf({ field, values }: TagField): Buffer[] {
  const name = Buffer.from(
    `${NAMES.get(field) ?? (field.startsWith('replaygain_') ? field.toUpperCase() : field)}\0`,
    'utf16le',
  );
  return values.map((value) => {
    const bytes = Buffer.from(`${value}\0`, 'utf16le');
    if (bytes.length > 65_535) throw unsupported('A value is longer than a WMA file can hold.');
    const parts = [Buffer.alloc(2), name, Buffer.alloc(4), bytes];
    parts[0].writeUInt16LE(name.length);
    parts[2].writeUInt16LE(bytes.length, 2);
    return Buffer.concat(parts);
  });
}
