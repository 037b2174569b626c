import type { Splice } from '../../safe-files';
import { eachPiece, type Source, unsupported } from '../../safe-files';
import type { TagEdit, TagFile, TagItem } from '../tag-file';
import { descriptorsOf, type PlacedItem, readDescriptors, readMetadataRecords } from './asf-attributes';

const HEADER = '3026b2758e66cf11a6d900aa0062ce6c';
const FILE_PROPERTIES = 'a1dcab8c47a9cf118ee400c00c205365';
const EXTENDED_CONTENT = '40a4d0d207e3d21197f000a0c95ea850';
const HEADER_EXTENSION = 'b503bf5f2ea9cf118ee300c00c205365';
const LIBRARY = '941c23449894d149a1411d134e457054';

interface AsfObject {
  readonly id: string;
  readonly offset: number;
  readonly bytes: Buffer;
}

/** A table of attributes within the header. */
interface Table {
  readonly object: AsfObject;
  readonly items: readonly PlacedItem[];
  readonly isExtension: boolean;
}

/** WMA: our tags are text attributes of the Extended Content Description, several of a name for several values. */
export async function readAsf(source: Source): Promise<TagFile> {
  const header = Buffer.from(
    await source.read(0, Math.min(source.size, headerSize(await source.read(0, 30), source.size))),
  );
  const objects = readObjects(header, 30, 0);
  const extension = objects.find(({ id }) => id === HEADER_EXTENSION);
  const inner = extension ? readObjects(extension.bytes, 46, extension.offset) : [];
  const tables: Table[] = [
    ...objects
      .filter(({ id }) => id === EXTENDED_CONTENT)
      .map((object) => ({ object, items: readDescriptors(object.bytes, object.offset), isExtension: false })),
    ...inner
      .filter(({ id }) => id === LIBRARY)
      .map((object) => ({ object, items: readMetadataRecords(object.bytes, object.offset), isExtension: true })),
  ];
  const isTable = (object: AsfObject) => tables.some((table) => table.object === object) || object === extension;
  const others: TagItem[] = [...objects, ...inner].filter((object) => !isTable(object)).map(asItem);
  return {
    container: 'asf',
    items: [...tables.flatMap((table) => table.items.map(({ item }) => item)), ...others],
    carryOver: [],
    hashPayload: (hash) =>
      eachPiece(
        source,
        { offset: header.length, length: source.size - header.length },
        (piece) => void hash.update(piece),
      ),
    async edit(edit) {
      const edits = editTables(tables, header.length, edit);
      return [...edits.splices, ...sizesAround({ header, objects, extension, fileSize: source.size }, edits)];
    },
  };
}

function headerSize(head: Buffer, fileSize: number): number {
  if (head.length < 30 || head.toString('hex', 0, 16) !== HEADER) throw unsupported('There is no ASF header in it.');
  const size = Number(head.readBigUInt64LE(16));
  if (size < 30 || size > fileSize || size > 256 * 1024 * 1024) throw unsupported('Its header is damaged or cut off.');
  return size;
}

function readObjects(bytes: Buffer, start: number, base: number): AsfObject[] {
  const objects: AsfObject[] = [];
  for (let at = start; at < bytes.length; ) {
    const size = at + 24 <= bytes.length ? Number(bytes.readBigUInt64LE(at + 16)) : 0;
    if (size < 24 || at + size > bytes.length) throw unsupported('The objects of its header are damaged.');
    objects.push({ id: bytes.toString('hex', at, at + 16), offset: base + at, bytes: bytes.subarray(at, at + size) });
    at += size;
  }
  return objects;
}

/** The file's size, which one of the objects states, is no tag. */
function asItem({ id, bytes }: AsfObject): TagItem {
  if (id !== FILE_PROPERTIES) return { kind: id, bytes };
  return { kind: id, bytes: Buffer.concat([bytes.subarray(0, 40), bytes.subarray(48)]) };
}

interface TableEdits {
  readonly splices: Splice[];
  /** Bytes that the header grows by, and those of them that are within its extension. */
  readonly growth: number;
  readonly extensionGrowth: number;
  readonly newObjects: number;
}

function editTables(tables: readonly Table[], headerEnd: number, edit: TagEdit): TableEdits {
  const added = edit.add.flatMap(descriptorsOf);
  const body = Buffer.concat(added);
  const home = tables.find((table) => !table.isExtension);
  const splices: Splice[] = [];
  const growth = { header: 0, extension: 0 };
  for (const table of tables) {
    const dropped = table.items.filter(({ item }) => edit.drop.has(item));
    const gets = table === home ? added.length : 0;
    if (dropped.length === 0 && gets === 0) continue;
    const count = table.items.length - dropped.length + gets;
    if (count > 0xffff) throw unsupported('There are more attributes than a WMA file can hold.');
    const grows = (gets ? body.length : 0) - dropped.reduce((sum, { item }) => sum + item.bytes.length, 0);
    const { offset, bytes } = table.object;
    splices.push({ offset: offset + 16, remove: 10, insert: sizeAndCount(bytes.length + grows, count) });
    for (const { offset, item } of dropped)
      splices.push({ offset, remove: item.bytes.length, insert: Buffer.alloc(0) });
    if (gets) splices.push({ offset: offset + bytes.length, remove: 0, insert: body });
    growth[table.isExtension ? 'extension' : 'header'] += grows;
  }
  const isNew = !home && added.length > 0;
  if (isNew) {
    const head = [Buffer.from(EXTENDED_CONTENT, 'hex'), sizeAndCount(26 + body.length, added.length)];
    splices.push({ offset: headerEnd, remove: 0, insert: Buffer.concat([...head, body]) });
    growth.header += 26 + body.length;
  }
  return {
    splices,
    growth: growth.header + growth.extension,
    extensionGrowth: growth.extension,
    newObjects: isNew ? 1 : 0,
  };
}

interface Header {
  readonly header: Buffer;
  readonly objects: readonly AsfObject[];
  readonly extension?: AsfObject;
  readonly fileSize: number;
}

/** The sizes that stand around the tables: of the header, its extension and the file. */
function sizesAround({ header, objects, extension, fileSize }: Header, edits: TableEdits): Splice[] {
  if (edits.splices.length === 0) return [];
  const head = Buffer.concat([uint64(header.length + edits.growth), uint32(objects.length + edits.newObjects)]);
  const splices: Splice[] = [{ offset: 16, remove: 12, insert: head }];
  if (extension && edits.extensionGrowth !== 0) {
    const size = extension.bytes.length + edits.extensionGrowth;
    splices.push({ offset: extension.offset + 16, remove: 8, insert: uint64(size) });
    splices.push({ offset: extension.offset + 42, remove: 4, insert: uint32(size - 46) });
  }
  const properties = objects.find(({ id, bytes }) => id === FILE_PROPERTIES && bytes.length >= 48);
  if (properties && Number(properties.bytes.readBigUInt64LE(40)) === fileSize) {
    splices.push({ offset: properties.offset + 40, remove: 8, insert: uint64(fileSize + edits.growth) });
  }
  return splices;
}

function sizeAndCount(size: number, count: number): Buffer {
  return Buffer.concat([uint64(size), Buffer.from([count & 0xff, count >> 8])]);
}

function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
