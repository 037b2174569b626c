import type { Source } from '../../safe-files';
import { addField, type FieldSet, MAX_TEXT_BYTES } from './field-set';

const MAX_COMMENTS = 10_000;
const LONGEST_NAME = 256;

/** What Vorbis comments say, whose vendor's length stands at `offset`; pictures in them are stepped over. */
export async function vorbisFields(source: Source, offset: number): Promise<FieldSet> {
  const fields: FieldSet = new Map();
  const lengthAt = async (at: number) => {
    const bytes = await source.read(at, 4);
    return bytes.length === 4 ? bytes.readUInt32LE(0) : undefined;
  };
  const vendor = await lengthAt(offset);
  if (vendor === undefined) return fields;
  let at = offset + 4 + vendor;
  const count = await lengthAt(at);
  at += 4;
  for (let index = 0; index < Math.min(count ?? 0, MAX_COMMENTS); index++) {
    const length = await lengthAt(at);
    if (length === undefined || at + 4 + length > source.size) break;
    if (length <= MAX_TEXT_BYTES) addComment(fields, await source.read(at + 4, length));
    at += 4 + length;
  }
  return fields;
}

function addComment(fields: FieldSet, bytes: Buffer): void {
  const split = bytes.indexOf('=');
  if (split <= 0 || split > LONGEST_NAME) return;
  const name = bytes.toString('latin1', 0, split);
  if (/^(metadata_block_picture|coverart)$/i.test(name)) return;
  addField(fields, name, [bytes.toString('utf8', split + 1).replace(/\0+$/, '')]);
}
