import type { Source } from '../../safe-files';
import type { FieldSet } from './field-set';
import { vorbisFields } from './vorbis-fields';

const COMMENT = 4;
const MAX_BLOCKS = 1000;

/** What the comments of a FLAC file say, whose signature stands at `start`; other blocks are stepped over. */
export async function flacFields(source: Source, start: number): Promise<FieldSet | undefined> {
  let at = start + 4;
  for (let blocks = 0; blocks < MAX_BLOCKS; blocks++) {
    const head = await source.read(at, 4);
    if (head.length < 4 || head[0] === 0xff) return undefined;
    if ((head[0] & 0x7f) === COMMENT) return vorbisFields(source, at + 4);
    if (head[0] & 0x80) return undefined;
    at += 4 + head.readUIntBE(1, 3);
  }
  return undefined;
}
