import { carriedText, firstOfEach } from '../mpeg';
import type { TagField, TagItem } from '../tag-file';

/** What the parts of an INFO list are called elsewhere, as TagLib publishes it, and ITRK, which others write. */
const INFO = new Map([
  ['INAM', 'TITLE'],
  ['IART', 'ARTIST'],
  ['IPRD', 'ALBUM'],
  ['ICRD', 'DATE'],
  ['IPRT', 'TRACK'],
  ['ITRK', 'TRACK'],
  ['IGNR', 'GENRE'],
  ['ICMT', 'COMMENT'],
  ['ICOP', 'COPYRIGHT'],
  ['IMUS', 'COMPOSER'],
  ['IWRI', 'LYRICIST'],
  ['IENG', 'ARRANGER'],
  ['ISTR', 'PERFORMER'],
  ['IEDT', 'REMIXER'],
  ['IBPM', 'BPM'],
  ['ISRC', 'ISRC'],
  ['IPUB', 'LABEL'],
  ['ILNG', 'LANGUAGE'],
  ['IMED', 'MEDIA'],
  ['ICNT', 'RELEASECOUNTRY'],
  ['PRT1', 'DISCSUBTITLE'],
  ['IBSU', 'ARTISTWEBPAGE'],
  ['ITCH', 'ENCODEDBY'],
  ['ISFT', 'ENCODING'],
  ['IDIT', 'ENCODINGTIME'],
]);
/** The same for the chunks of AIFF. */
const TEXT = new Map([
  ['NAME', 'TITLE'],
  ['AUTH', 'ARTIST'],
  ['(c) ', 'COPYRIGHT'],
  ['ANNO', 'COMMENT'],
]);

/** What the chunks of the format's own say of title, artist and so on. */
export function fieldsOfChunks(items: readonly TagItem[]): TagField[] {
  return firstOfEach(
    items.flatMap(({ kind, bytes }) => {
      if (kind !== 'LIST' || bytes.toString('latin1', 8, 12) !== 'INFO')
        return textOf(TEXT.get(kind), bytes.subarray(8));
      return fieldsOfInfo(bytes);
    }),
  );
}

function fieldsOfInfo(list: Buffer): TagField[] {
  const fields: TagField[] = [];
  for (let at = 12; at + 8 <= list.length; ) {
    const length = list.readUInt32LE(at + 4);
    fields.push(...textOf(INFO.get(list.toString('latin1', at, at + 4)), list.subarray(at + 8, at + 8 + length)));
    at += 8 + length + (length & 1);
  }
  return fields;
}

function textOf(name: string | undefined, bytes: Buffer): TagField[] {
  return name ? carriedText(name, [bytes.toString('utf8').split('\0')[0]]) : [];
}
