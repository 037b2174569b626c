import type { Splice } from '../../safe-files';
import { unsupported } from '../../safe-files';
import type { TagEdit, TagField, TagItem } from '../tag-file';

/** An APEv2 tag that was understood item by item. */
export interface ApeTag {
  readonly items: readonly TagItem[];
  /** The changes to the tag's own bytes, positions from its beginning. Null when nothing of the tag is left. */
  edit(edit: TagEdit): Splice[] | null;
}

const PREAMBLE = 'APETAGEX';
const HAS_HEADER = 0x80000000;
const IS_HEADER = 0x20000000;

/** Field → key, for the fields that have a usual one. */
const KEYS: Record<string, string> = {
  bpm: 'BPM',
  initialkey: 'INITIALKEY',
  mood: 'Mood',
  title: 'Title',
  artist: 'Artist',
  album: 'Album',
  date: 'Year',
  track: 'Track',
  genre: 'Genre',
  comment: 'Comment',
};

/** Bytes of the whole tag whose footer these 32 bytes are; undefined when they are none. */
export function apeTagSize(footer: Buffer): number | undefined {
  if (footer.length < 32 || footer.toString('latin1', 0, 8) !== PREAMBLE) return undefined;
  const flags = footer.readUInt32LE(20);
  if (flags & IS_HEADER) return undefined;
  return footer.readUInt32LE(12) + (flags & HAS_HEADER ? 32 : 0);
}

/** Reads a whole APEv1 or APEv2 tag. Throws `unsupported_file` when its items cannot be told apart. */
export function readApe(tag: Buffer): ApeTag {
  const footer = tag.subarray(tag.length - 32);
  const hasHeader = (footer.readUInt32LE(20) & HAS_HEADER) !== 0;
  const count = footer.readUInt32LE(16);
  const items: { start: number; item: TagItem }[] = [];
  let at = hasHeader ? 32 : 0;
  for (let index = 0; index < count; index++) {
    const item = readItem(tag, at, tag.length - 32);
    items.push({ start: at, item });
    at += item.bytes.length;
  }
  if (at !== tag.length - 32) throw unsupported('The items of its APE tag are damaged.');
  return {
    items: items.map(({ item }) => item),
    edit(edit) {
      const dropped = items.filter(({ item }) => edit.drop.has(item));
      const left = count - dropped.length + edit.add.length;
      if (left === 0) return null;
      const added = Buffer.concat(edit.add.map(apeItem));
      const size =
        footer.readUInt32LE(12) + added.length - dropped.reduce((sum, { item }) => sum + item.bytes.length, 0);
      const counts = Buffer.alloc(8);
      counts.writeUInt32LE(size, 0);
      counts.writeUInt32LE(left, 4);
      const splices: Splice[] = dropped.map(({ start, item }) => ({
        offset: start,
        remove: item.bytes.length,
        insert: Buffer.alloc(0),
      }));
      splices.push({ offset: at, remove: 0, insert: added });
      splices.push({ offset: at + 12, remove: 8, insert: counts });
      if (hasHeader) splices.push({ offset: 12, remove: 8, insert: counts });
      return splices;
    },
  };
}

/** A whole new tag, with header and footer. */
export function newApe(add: readonly TagField[]): Buffer {
  const items = Buffer.concat(add.map(apeItem));
  const edge = (flags: number) => {
    const bytes = Buffer.alloc(32);
    bytes.write(PREAMBLE, 'latin1');
    bytes.writeUInt32LE(2000, 8);
    bytes.writeUInt32LE(items.length + 32, 12);
    bytes.writeUInt32LE(add.length, 16);
    bytes.writeUInt32LE(flags, 20);
    return bytes;
  };
  return Buffer.concat([edge((HAS_HEADER | IS_HEADER) >>> 0), items, edge(HAS_HEADER)]);
}

function readItem(tag: Buffer, start: number, end: number): TagItem {
  const keyEnd = start + 8 < end ? tag.indexOf(0, start + 8) : -1;
  if (keyEnd < start + 9 || keyEnd >= end) throw unsupported('The items of its APE tag are damaged.');
  const itemEnd = keyEnd + 1 + tag.readUInt32LE(start);
  if (itemEnd > end) throw unsupported('The items of its APE tag are damaged.');
  const key = tag.toString('latin1', start + 8, keyEnd);
  const bytes = tag.subarray(start, itemEnd);
  const isText = ((tag.readUInt32LE(start + 4) >> 1) & 3) === 0;
  if (!isText) return { kind: key, bytes };
  return { kind: key, field: fieldOf(key), values: tag.toString('utf8', keyEnd + 1, itemEnd).split('\0'), bytes };
}

function fieldOf(key: string): string {
  const field = key.toLowerCase();
  return field === 'year' ? 'date' : field;
}

function apeItem({ field, values }: TagField): Buffer {
  const key = KEYS[field] ?? (field.startsWith('replaygain_') ? field.toUpperCase() : field);
  if (!/^[\x20-\x7e]{2,255}$/.test(key)) throw unsupported(`An APE tag cannot hold a field named "${key}".`);
  const value = Buffer.from(values.join('\0'), 'utf8');
  const head = Buffer.alloc(8);
  head.writeUInt32LE(value.length, 0);
  return Buffer.concat([head, Buffer.from(`${key}\0`, 'latin1'), value]);
}
