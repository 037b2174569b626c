import type { Splice } from '../../safe-files';
import { eachPiece, type Source, unsupported } from '../../safe-files';
import { newId3v2, readId3v2 } from '../id3';
import type { TagFile } from '../tag-file';

const HEAD = 28;

/** DSF: our tags are in the ID3v2 tag behind the audio, to which the head of the file points. */
export async function readDsf(source: Source): Promise<TagFile> {
  const head = await source.read(0, HEAD);
  if (head.length < HEAD || head.readBigUInt64LE(4) !== BigInt(HEAD)) throw unsupported('Its DSF head is damaged.');
  const tagAt = Number(head.readBigUInt64LE(20));
  const audioEnd = tagAt || source.size;
  if (audioEnd > source.size || audioEnd < HEAD) throw unsupported('The file is cut off.');
  const tagBytes = Buffer.from(await source.read(audioEnd, source.size - audioEnd));
  const tag = tagAt && tagBytes.length > 0 ? readId3v2(tagBytes) : undefined;
  return {
    container: 'dsf',
    items: tag?.items ?? [],
    carryOver: [],
    hashPayload: (hash) =>
      eachPiece(source, { offset: HEAD, length: audioEnd - HEAD }, (piece) => void hash.update(piece)),
    async edit(edit) {
      if (!tag) {
        return edit.add.length
          ? withHead([{ offset: audioEnd, remove: 0, insert: newId3v2(edit.add) }], source, audioEnd)
          : [];
      }
      const edits = tag.edit(edit);
      if (!edits) return withHead([{ offset: audioEnd, remove: tagBytes.length, insert: Buffer.alloc(0) }], source, 0);
      return withHead(
        edits.map((splice) => ({ ...splice, offset: splice.offset + audioEnd })),
        source,
        audioEnd,
      );
    },
  };
}

/** The head states the size of the file and where its tag is. */
function withHead(splices: readonly Splice[], source: Source, tagAt: number): Splice[] {
  const growth = splices.reduce((sum, splice) => sum + splice.insert.length - splice.remove, 0);
  const sizes = Buffer.alloc(16);
  sizes.writeBigUInt64LE(BigInt(source.size + growth), 0);
  sizes.writeBigUInt64LE(BigInt(tagAt), 8);
  return [{ offset: 12, remove: 16, insert: sizes }, ...splices];
}
