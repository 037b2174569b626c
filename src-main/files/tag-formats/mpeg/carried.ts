import { readId3v1 } from '../id3';
import type { TagField, TagItem } from '../tag-file';
import { readApe } from './apev2';

/**
 * Beyond this many bytes a field is left where it is: no text is longer, and a file shall not grow by a scan of a whole
 * sleeve that is in it already. Covers are smaller.
 */
const LARGEST = 2 ** 20;

/** What is spelled otherwise in APE tags, as TagLib publishes it. */
const SPELLINGS = new Map([
  ['year', 'date'],
  ['tracknumber', 'track'],
  ['disc', 'discnumber'],
  ['album artist', 'albumartist'],
  ['mixartist', 'remixer'],
  ['musicbrainz_albumstatus', 'releasestatus'],
  ['musicbrainz_albumtype', 'releasetype'],
]);

/** Names of user text in ID3v2, as Picard and TagLib publish them, for what has no frame but another name there. */
const USER_TEXT = new Map([
  ['musicbrainz_albumid', 'MusicBrainz Album Id'],
  ['musicbrainz_artistid', 'MusicBrainz Artist Id'],
  ['musicbrainz_albumartistid', 'MusicBrainz Album Artist Id'],
  ['musicbrainz_releasegroupid', 'MusicBrainz Release Group Id'],
  ['musicbrainz_releasetrackid', 'MusicBrainz Release Track Id'],
  ['musicbrainz_workid', 'MusicBrainz Work Id'],
  ['releasecountry', 'MusicBrainz Album Release Country'],
  ['releasestatus', 'MusicBrainz Album Status'],
  ['releasetype', 'MusicBrainz Album Type'],
  ['acoustid_id', 'Acoustid Id'],
  ['acoustid_fingerprint', 'Acoustid Fingerprint'],
  ['musicip_puid', 'MusicIP PUID'],
]);

/** A field of an older tag as ID3v2 has it; none when it says nothing or is too large. */
export function carriedText(spelled: string, texts: readonly string[]): TagField[] {
  const values = texts.map((text) => text.toWellFormed().replace(/^\uFEFF+/, '')).filter((text) => text.trim() !== '');
  const bytes = values.reduce((sum, value) => sum + Buffer.byteLength(value), 0);
  if (values.length === 0 || bytes > LARGEST) return [];
  const property = SPELLINGS.get(spelled.toLowerCase()) ?? spelled.toLowerCase();
  const name = USER_TEXT.get(property) ?? spelled;
  return [{ field: USER_TEXT.has(property) ? name.toLowerCase() : property, values, name }];
}

/** What the tags behind the audio say of the track; the APE tag before ID3v1. */
export function olderFields(items: readonly TagItem[]): TagField[] {
  const fields = items.flatMap((item) => {
    if (item.kind === 'ape') return fieldsOfApe(item.bytes);
    return item.kind === 'id3v1' ? readId3v1(item.bytes) : [];
  });
  return firstOfEach(fields);
}

/** Each field once, as it was said first. */
export function firstOfEach(fields: readonly TagField[]): TagField[] {
  const found = new Map<string, TagField>();
  for (const field of fields) if (!found.has(field.field)) found.set(field.field, field);
  return [...found.values()];
}

function fieldsOfApe(tag: Buffer): TagField[] {
  try {
    const { items } = readApe(tag);
    const texts = items.flatMap(({ kind, values }) => (values ? carriedText(kind, values) : []));
    // The front before the back, for readers of one picture.
    const covers = items.flatMap(carriedPicture).sort((a, b) => (a.field > b.field ? -1 : 1));
    return [...texts, ...covers];
  } catch {
    return []; // a damaged tag stays where it is and says nothing
  }
}

const BINARY = 1;
const IMAGES: readonly (readonly [RegExp, string])[] = [
  [/^\xff\xd8/, 'image/jpeg'],
  [/^\x89PNG/, 'image/png'],
  [/^GIF8/, 'image/gif'],
  [/^RIFF.{4}WEBP/s, 'image/webp'],
];

/** A cover: behind its name, a zero and, in most, the name of a file and another zero. */
function carriedPicture({ kind, bytes }: TagItem): TagField[] {
  const field = /^cover art \((front|back)\)$/i.exec(kind)?.[1].toLowerCase();
  const content = bytes.subarray(8 + kind.length + 1);
  const isBinary = ((bytes.readUInt32LE(4) >> 1) & 3) === BINARY;
  if (!field || !isBinary || content.length === 0 || content.length > LARGEST) return [];
  const nameEnd = [0xff, 0x89].includes(content[0]) ? -1 : content.indexOf(0);
  const data = content.subarray(nameEnd + 1);
  if (data.length === 0) return [];
  // ID3v2.4, 4.14: what is not known is just an image.
  const mimeType = IMAGES.find(([head]) => head.test(data.toString('latin1', 0, 12)))?.[1] ?? 'image/';
  const description = content.toString('utf8', 0, Math.max(0, nameEnd));
  const values = [`${mimeType}, ${data.length} bytes`];
  return [{ field: `${field} cover`, values, picture: { mimeType, description, data } }];
}
