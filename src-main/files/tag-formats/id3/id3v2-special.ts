import type { TagField } from '../tag-file';

/** What an ID3v2 frame that is not plain text is made of: its name and its content. */
export interface SpecialFrame {
  readonly id: string;
  readonly content: Buffer;
}

const MUSICBRAINZ = 'http://musicbrainz.org\0';
const COVERS = new Map([
  ['front cover', 3],
  ['back cover', 4],
]);
/** The code that ID3v2.4, 4 has for a text whose language is not known. */
const UNKNOWN_LANGUAGE = 'XXX';

/**
 * The frame of a comment, lyrics, a recording's id at MusicBrainz and a cover; undefined for what is plain text, as
 * several values of one of them are, which none of these frames can hold. `encode` writes texts with their encoding.
 */
export function specialFrame(
  { field, values, picture }: TagField,
  encode: (texts: readonly string[]) => Buffer,
): SpecialFrame | undefined {
  if (picture) {
    const { mimeType, description, data } = picture;
    const text = encode([description, '']);
    const head = Buffer.from(`${mimeType}\0${String.fromCharCode(COVERS.get(field)!)}`, 'latin1');
    return { id: 'APIC', content: Buffer.concat([text.subarray(0, 1), head, withoutMark(text.subarray(1)), data]) };
  }
  if (values.length !== 1) return undefined;
  if (field === 'comment' || field === 'lyrics') {
    const text = encode(['', values[0]]);
    const content = Buffer.concat([text.subarray(0, 1), Buffer.from(UNKNOWN_LANGUAGE), text.subarray(1)]);
    return { id: field === 'comment' ? 'COMM' : 'USLT', content };
  }
  // Readers take its bytes for Latin-1 or for UTF-8; an id is neither.
  return field === 'musicbrainz_trackid' && /^[\x21-\x7e]{1,64}$/.test(values[0])
    ? { id: 'UFID', content: Buffer.from(`${MUSICBRAINZ}${values[0]}`, 'utf8') }
    : undefined;
}

/** Of UTF-16 the mark before the empty text that ended the description, which belongs to the picture no more. */
function withoutMark(text: Buffer): Buffer {
  const isMarked = text.length >= 4 && text.readUInt16LE(text.length - 2) === 0xfeff;
  return isMarked ? text.subarray(0, text.length - 2) : text;
}

/** The field that such a frame of ID3v2.3 or 2.4 holds, if it is one that `specialFrame` writes. */
export function specialField(id: string, content: Buffer): string | undefined {
  if (id === 'UFID') return content.toString('latin1').startsWith(MUSICBRAINZ) ? 'musicbrainz_trackid' : undefined;
  if (id === 'COMM' || id === 'USLT') {
    const isNameless = /^\0|^(\xff\xfe|\xfe\xff)\0\0/.test(content.toString('latin1', 4, 8));
    return isNameless ? (id === 'COMM' ? 'comment' : 'lyrics') : undefined;
  }
  if (id !== 'APIC') return undefined;
  const type = content[content.indexOf(0, 1) + 1];
  return [...COVERS].find(([, number]) => number === type)?.[0];
}
