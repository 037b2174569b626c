import type { Splice } from '../../safe-files';
import { eachPiece, type Source, unsupported } from '../../safe-files';
import { newId3v2, readId3v2 } from '../id3';
import type { TagEdit, TagFile, TagItem } from '../tag-file';
import { fieldsOfChunks } from './chunk-fields';

/** How the two families of chunk files differ. */
interface Dialect {
  readonly container: 'wav' | 'aiff';
  readonly tagId: string;
  readonly isTag: (id: string) => boolean;
  /** Chunks whose bytes are the audio. */
  readonly audio: readonly string[];
  readonly data: string;
  readonly readSize: (bytes: Buffer, at: number) => number;
  readonly size: (value: number) => Buffer;
}

interface Chunk {
  readonly id: string;
  readonly offset: number;
  /** Without header and filling byte. */
  readonly length: number;
  readonly end: number;
}

const WAV: Dialect = {
  container: 'wav',
  tagId: 'id3 ',
  isTag: (id) => id === 'id3 ' || id === 'ID3 ',
  audio: ['fmt ', 'data'],
  data: 'data',
  readSize: (bytes, at) => bytes.readUInt32LE(at),
  size: (value) => uint32('LE', value),
};
const AIFF: Dialect = {
  container: 'aiff',
  tagId: 'ID3 ',
  isTag: (id) => id === 'ID3 ',
  audio: ['COMM', 'SSND'],
  data: 'SSND',
  readSize: (bytes, at) => bytes.readUInt32BE(at),
  size: (value) => uint32('BE', value),
};
const STREAMED = 0xffffffff;
const HELD = 16 * 1024 * 1024;

/** WAV (with RF64 and BW64): our tags are in an ID3v2 tag in an `id3 ` chunk; INFO and all other chunks stay. */
export const readWav = (source: Source) => readIff(source, WAV);
/** AIFF and AIFF-C: our tags are in an ID3v2 tag in an `ID3 ` chunk; all other chunks stay. */
export const readAiff = (source: Source) => readIff(source, AIFF);

async function readIff(source: Source, dialect: Dialect): Promise<TagFile> {
  const { chunks, wide } = await readChunks(source, dialect);
  const place = chunks.find(({ id }) => dialect.isTag(id));
  const tag = place && readId3v2(Buffer.from(await source.read(place.offset + 8, place.length)));
  const others: TagItem[] = [];
  for (const chunk of chunks) {
    if (chunk === place || dialect.audio.includes(chunk.id) || chunk.id === 'ds64') continue;
    if (chunk.length > HELD) continue; // copied like the audio, and never part of a change
    others.push({ kind: chunk.id, bytes: Buffer.from(await source.read(chunk.offset, 8 + chunk.length)) });
  }
  return {
    container: dialect.container,
    items: [...(tag?.items ?? []), ...others],
    carryOver: tag?.items.length ? [] : fieldsOfChunks(others),
    async hashPayload(hash) {
      for (const chunk of chunks.filter(({ id }) => dialect.audio.includes(id))) {
        await eachPiece(source, { offset: chunk.offset + 8, length: chunk.length }, (piece) => void hash.update(piece));
      }
    },
    async edit(edit: TagEdit) {
      const last = chunks.at(-1)!;
      const splices =
        place && tag ? editChunk(dialect, place, tag.edit(edit)) : appendChunk(dialect, last, edit, source.size);
      return [...splices, ...resized(dialect, { source, wide, head: await source.read(0, 8), splices })];
    },
  };
}

async function readChunks(source: Source, dialect: Dialect): Promise<{ chunks: Chunk[]; wide?: Chunk }> {
  const head = await source.read(0, 12);
  const isWide = /^(RF64|BW64)/.test(head.toString('latin1', 0, 4));
  const chunks: Chunk[] = [];
  let wideData = 0;
  let end = isWide ? source.size : Math.min(source.size, 8 + dialect.readSize(head, 4));
  for (let at = 12; at + 8 <= end; at = chunks.at(-1)!.end) {
    const header = await source.read(at, 8);
    const id = header.toString('latin1', 0, 4);
    if (!/^[\x20-\x7e]{4}$/.test(id)) throw unsupported('Its chunks are damaged.');
    const stated = dialect.readSize(header, 4);
    const length = isWide && id === 'data' && stated === STREAMED ? wideData : stated;
    if (at + 8 + length > source.size) throw unsupported('The file is cut off, or was never finished.');
    if (id === 'ds64' && length >= 24) {
      const sizes = await source.read(at + 8, 24);
      end = Math.min(source.size, 8 + Number(sizes.readBigUInt64LE(0)));
      wideData = Number(sizes.readBigUInt64LE(8));
    }
    chunks.push({ id, offset: at, length, end: Math.min(source.size, at + 8 + length + (length & 1)) });
  }
  if (!dialect.audio.every((id) => chunks.some((chunk) => chunk.id === id)))
    throw unsupported('There is no audio in it.');
  return { chunks, wide: isWide ? chunks.find(({ id }) => id === 'ds64') : undefined };
}

function editChunk(dialect: Dialect, place: Chunk, edits: Splice[] | null): Splice[] {
  if (!edits) return [{ offset: place.offset, remove: place.end - place.offset, insert: Buffer.alloc(0) }];
  const growth = edits.reduce((sum, splice) => sum + splice.insert.length - splice.remove, 0);
  const length = place.length + growth;
  const oldFill = place.end - place.offset - 8 - place.length;
  return [
    { offset: place.offset + 4, remove: 4, insert: dialect.size(length) },
    ...edits.map((splice) => ({ ...splice, offset: splice.offset + place.offset + 8 })),
    { offset: place.end - oldFill, remove: oldFill, insert: Buffer.alloc(length & 1) },
  ];
}

function appendChunk(dialect: Dialect, last: Chunk, edit: TagEdit, size: number): Splice[] {
  if (edit.add.length === 0) return [];
  const tag = newId3v2(edit.add);
  const missingFill = last.offset + 8 + last.length + (last.length & 1) - Math.min(last.end, size);
  const parts = [
    Buffer.alloc(missingFill),
    Buffer.from(dialect.tagId),
    dialect.size(tag.length),
    tag,
    Buffer.alloc(tag.length & 1),
  ];
  return [{ offset: last.end, remove: 0, insert: Buffer.concat(parts) }];
}

/** The size at the head of the file; in RF64 that of its `ds64` chunk. */
function resized(
  dialect: Dialect,
  file: { source: Source; wide?: Chunk; head: Buffer; splices: readonly Splice[] },
): Splice[] {
  const growth = file.splices.reduce((sum, splice) => sum + splice.insert.length - splice.remove, 0);
  const stated = dialect.readSize(file.head, 4);
  if (file.wide) {
    const size = Buffer.alloc(8);
    size.writeBigUInt64LE(BigInt(file.source.size - 8 + growth));
    return [{ offset: file.wide.offset + 8, remove: 8, insert: size }];
  }
  if (stated + growth >= STREAMED) throw unsupported('The file would become larger than 4 GB, which it cannot be.');
  // A writer that forgot the last filling byte stated one byte more than there is.
  const end = Math.min(stated, file.source.size - 8);
  return [{ offset: 4, remove: 4, insert: dialect.size(end + growth) }];
}

function uint32(order: 'LE' | 'BE', value: number): Buffer {
  const bytes = Buffer.alloc(4);
  order === 'LE' ? bytes.writeUInt32LE(value) : bytes.writeUInt32BE(value);
  return bytes;
}
