import type { Splice } from '../../safe-files';
import { eachPiece, type Source, unsupported } from '../../safe-files';
import { findAroundAudio } from '../mpeg';
import type { TagEdit, TagFile, TagItem } from '../tag-file';
import { commentsOf, NO_COMMENTS, readComments, type VorbisComments, writeComments } from './vorbis-comment';

const STREAMINFO = 0;
const PADDING = 1;
const COMMENT = 4;
const NAMES = ['STREAMINFO', 'PADDING', 'APPLICATION', 'SEEKTABLE', 'VORBIS_COMMENT', 'CUESHEET', 'PICTURE'];

interface Block {
  readonly type: number;
  readonly offset: number;
  readonly bytes: Buffer;
}

/** FLAC: our tags are Vorbis comments; padding gives the room, so that mostly nothing moves. */
export async function readFlac(source: Source): Promise<TagFile> {
  const around = await findAroundAudio(source);
  const { blocks, end } = await readBlocks(source, around.audio.offset);
  const block = blocks.find(({ type }) => type === COMMENT);
  const comments = block ? readComments(block.bytes) : NO_COMMENTS;
  const others: TagItem[] = blocks
    .filter((other) => other !== block && other.type !== PADDING)
    .map(({ type, bytes }) => ({ kind: NAMES[type] ?? `BLOCK ${type}`, bytes }));
  for (const { kind, offset, length } of around.tags) {
    others.push({ kind, bytes: Buffer.from(await source.read(offset, length)) });
  }
  const audioEnd = around.audio.offset + around.audio.length;
  return {
    container: 'flac',
    items: [...comments.items, ...others],
    carryOver: [],
    async hashPayload(hash) {
      hash.update(blocks[0].bytes);
      await eachPiece(source, { offset: end, length: audioEnd - end }, (piece) => void hash.update(piece));
    },
    edit: async (edit) => editBlocks(blocks, block, comments, edit),
  };
}

async function readBlocks(source: Source, start: number): Promise<{ blocks: Block[]; end: number }> {
  const blocks: Block[] = [];
  let at = start + 4;
  for (let isLast = false; !isLast; ) {
    const head = await source.read(at, 4);
    if (head.length < 4) throw unsupported('Its FLAC metadata is cut off.');
    const length = head.readUIntBE(1, 3);
    const bytes = Buffer.from(await source.read(at + 4, length));
    if (bytes.length < length) throw unsupported('Its FLAC metadata is cut off.');
    isLast = (head[0] & 0x80) !== 0;
    blocks.push({ type: head[0] & 0x7f, offset: at, bytes });
    at += 4 + length;
  }
  const sync = await source.read(at, 2);
  if (blocks[0].type !== STREAMINFO || blocks[0].bytes.length !== 34)
    throw unsupported('Its FLAC metadata is damaged.');
  if (sync.length === 2 && (sync[0] !== 0xff || (sync[1] & 0xfc) !== 0xf8))
    throw unsupported('Its FLAC metadata is damaged.');
  return { blocks, end: at };
}

function editBlocks(
  blocks: readonly Block[],
  block: Block | undefined,
  comments: VorbisComments,
  edit: TagEdit,
): Splice[] {
  const items = [...comments.items.filter((item) => !edit.drop.has(item)), ...edit.add.flatMap(commentsOf)];
  const body = writeComments(comments, items);
  if (body.length >= 2 ** 24) throw unsupported('Its comments would become larger than FLAC allows.');
  if (!block) {
    const inserted = Buffer.concat([head(COMMENT, body.length, false), body]);
    const first = blocks[0];
    const splices: Splice[] = [
      {
        offset: first.offset + 38,
        remove: 0,
        insert: blocks.length > 1 ? inserted : Buffer.concat([head(COMMENT, body.length, true), body]),
      },
    ];
    if (blocks.length === 1) splices.push({ offset: first.offset, remove: 1, insert: Buffer.from([STREAMINFO]) });
    return splices;
  }
  const isLast = block === blocks.at(-1);
  const splices: Splice[] = [
    {
      offset: block.offset,
      remove: 4 + block.bytes.length,
      insert: Buffer.concat([head(COMMENT, body.length, isLast), body]),
    },
  ];
  const growth = body.length - block.bytes.length;
  const padding = blocks.find(
    ({ type, bytes }) => type === PADDING && bytes.length >= growth && bytes.length - growth < 2 ** 24,
  );
  if (padding) {
    const length = padding.bytes.length - growth;
    const zeros = Buffer.concat([head(PADDING, length, padding === blocks.at(-1)), Buffer.alloc(length)]);
    splices.push({ offset: padding.offset, remove: 4 + padding.bytes.length, insert: zeros });
  }
  return splices;
}

function head(type: number, length: number, isLast: boolean): Buffer {
  return Buffer.from([type | (isLast ? 0x80 : 0), length >> 16, length >> 8, length]);
}
