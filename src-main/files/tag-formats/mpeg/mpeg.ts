import type { Hash } from 'node:crypto';
import type { Splice } from '../../safe-files';
import { eachPiece, type Source, unsupported } from '../../safe-files';
import { newId3v2, readId3v2 } from '../id3';
import type { TagEdit, TagFile, TagItem } from '../tag-file';
import { type AroundAudio, findAroundAudio, type TagRegion } from './around-audio';
import { olderFields } from './carried';
import { findFrames } from './mpeg-frames';

/**
 * MP3 (and layers I and II), and AAC in ADTS frames: our tags go into the ID3v2 tag at the beginning. Tags behind the
 * audio (APE, Lyrics3, ID3v1) stay as they are.
 */
export async function readMpeg(source: Source): Promise<TagFile> {
  const around = await findAroundAudio(source);
  const container = await findFrames(source, around.audio);
  if (!container) throw unsupported('There is no audio in this file that Tonearm knows.');
  const bytesOf = (region: TagRegion) => source.read(region.offset, region.length);
  const first = around.tags.find((tag) => tag.kind === 'id3v2');
  const tag = first && readId3v2(await bytesOf(first));
  const others: TagItem[] = [];
  for (const region of around.tags.filter((region) => region !== first)) {
    others.push({ kind: region.kind, bytes: Buffer.from(await bytesOf(region)) });
  }
  return {
    container,
    items: [...(tag?.items ?? []), ...others],
    carryOver: tag?.items.length ? [] : olderFields(others),
    hashPayload: (hash) => hashAudio(source, around, hash),
    async edit(edit: TagEdit): Promise<Splice[]> {
      if (!first || !tag) return edit.add.length ? [{ offset: 0, remove: 0, insert: newId3v2(edit.add) }] : [];
      return tag.edit(edit) ?? [{ offset: 0, remove: first.length, insert: Buffer.alloc(0) }];
    },
  };
}

export function hashAudio(source: Source, { audio }: AroundAudio, hash: Hash): Promise<void> {
  return eachPiece(source, audio, (piece) => void hash.update(piece));
}
