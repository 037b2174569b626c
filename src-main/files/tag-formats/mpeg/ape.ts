import type { Source } from '../../safe-files';
import { unsupported } from '../../safe-files';
import type { TagFile, TagItem } from '../tag-file';
import { containerOf } from '../tag-file';
import { newApe, readApe } from './apev2';
import { findAroundAudio } from './around-audio';
import { olderFields } from './carried';
import { hashAudio } from './mpeg';

/** Monkey's Audio, WavPack and Musepack: our tags are items of the APEv2 tag behind the audio. */
export async function readApeLike(source: Source): Promise<TagFile> {
  const around = await findAroundAudio(source);
  const container = containerOf(await source.read(around.audio.offset, 64));
  if (container !== 'ape' && container !== 'wavpack' && container !== 'mpc') {
    throw unsupported('There is no audio in this file that Tonearm knows.');
  }
  const place = around.tags.findLast((tag) => tag.kind === 'ape');
  const tag = place && readApe(Buffer.from(await source.read(place.offset, place.length)));
  const others: TagItem[] = [];
  for (const region of around.tags.filter((region) => region !== place)) {
    others.push({ kind: region.kind, bytes: Buffer.from(await source.read(region.offset, region.length)) });
  }
  const audioEnd = around.audio.offset + around.audio.length;
  return {
    container,
    items: [...others, ...(tag?.items ?? [])],
    carryOver: tag?.items.length ? [] : olderFields(others),
    hashPayload: (hash) => hashAudio(source, around, hash),
    async edit(edit) {
      if (!place || !tag) return edit.add.length ? [{ offset: audioEnd, remove: 0, insert: newApe(edit.add) }] : [];
      const splices = tag.edit(edit) ?? [{ offset: 0, remove: place.length, insert: Buffer.alloc(0) }];
      return splices.map((splice) => ({ ...splice, offset: splice.offset + place.offset }));
    },
  };
}
