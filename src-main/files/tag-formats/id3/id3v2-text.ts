import type { TagField, TagItem } from '../tag-file';
import { readSyncsafe, synchronised, syncsafe } from './id3v2-header';
import { type SpecialFrame, specialField, specialFrame } from './id3v2-special';

/**
 * Field → frame, for the fields that have a frame of their own, and its name of three letters where ID3v2.2 has one.
 * As TagLib and Picard publish it; of works, which they do not put into the same frame, in none.
 */
const FRAMES = new Map<string, readonly [id: string, id22?: string]>(
  Object.entries({
    bpm: ['TBPM', 'TBP'],
    initialkey: ['TKEY', 'TKE'],
    title: ['TIT2', 'TT2'],
    artist: ['TPE1', 'TP1'],
    albumartist: ['TPE2', 'TP2'],
    album: ['TALB', 'TAL'],
    date: ['TDRC', 'TYE'],
    track: ['TRCK', 'TRK'],
    genre: ['TCON', 'TCO'],
    discnumber: ['TPOS', 'TPA'],
    composer: ['TCOM', 'TCM'],
    lyricist: ['TEXT', 'TXT'],
    conductor: ['TPE3', 'TP3'],
    remixer: ['TPE4', 'TP4'],
    isrc: ['TSRC', 'TRC'],
    copyright: ['TCOP', 'TCR'],
    label: ['TPUB', 'TPB'],
    subtitle: ['TIT3', 'TT3'],
    discsubtitle: ['TSST'],
    grouping: ['GRP1', 'GP1'],
    movementname: ['MVNM'],
    movementnumber: ['MVIN'],
    language: ['TLAN', 'TLA'],
    media: ['TMED', 'TMT'],
    mood: ['TMOO'],
    compilation: ['TCMP', 'TCP'],
    encodedby: ['TENC', 'TEN'],
    encoding: ['TSSE', 'TSS'],
    titlesort: ['TSOT', 'TST'],
    artistsort: ['TSOP', 'TSP'],
    albumsort: ['TSOA', 'TSA'],
    albumartistsort: ['TSO2', 'TS2'],
    composersort: ['TSOC', 'TSC'],
    originaldate: ['TDOR'],
    releasedate: ['TDRL'],
    originalartist: ['TOPE', 'TOA'],
    originalalbum: ['TOAL', 'TOT'],
    originallyricist: ['TOLY', 'TOL'],
    originalfilename: ['TOFN', 'TOF'],
  } satisfies Record<string, [string, string?]>),
);
const FIELDS = new Map([...FRAMES].flatMap(([field, ids]) => ids.map((id) => [id, field] as const)));
/** What is read beside these, and never written. */
const READ_ONLY = new Map([
  ['TIT1', 'grouping'],
  ['TT1', 'grouping'],
  ['TORY', 'originalyear'],
  ['TOR', 'originalyear'],
]);

/** The field that a frame of plain text stands for, by its name of four letters or of three. */
export const fieldOfFrame = (id: string): string | undefined => FIELDS.get(id) ?? READ_ONLY.get(id);

/** What a frame says, undefined when it is none that can be read. `bytes` is the whole frame. */
export function readFrame(version: 2 | 3 | 4, id: string, bytes: Buffer): Pick<TagItem, 'field' | 'values'> {
  const isUser = id === 'TXXX' || id === 'TXX';
  const field = FIELDS.get(id);
  const data = contentOf(version, bytes);
  if (!data || data.length < 1) return {};
  if (!isUser && !field) return version === 2 ? {} : { field: specialField(id, data) };
  const texts = textsIn(data[0], data.subarray(1));
  if (!texts) return {};
  if (field) return { field, values: texts };
  const [description, ...values] = texts;
  return { field: description.toLowerCase(), values };
}

/** The frame's content, freed of what its flags added; undefined when it is compressed or encrypted. */
function contentOf(version: 2 | 3 | 4, bytes: Buffer): Buffer | undefined {
  if (version === 2) return bytes.subarray(6);
  const flags = bytes[9];
  if (version === 3) return flags === 0 ? bytes.subarray(10) : undefined;
  if (flags & 0x0c) return undefined;
  const data = bytes.subarray(10 + (flags & 0x40 ? 1 : 0) + (flags & 0x01 ? 4 : 0));
  return flags & 0x02 ? synchronised(data) : data;
}

/** The texts of a frame behind the byte that says how they are encoded; undefined when that is no encoding. */
export function textsIn(encoding: number, bytes: Buffer): string[] | undefined {
  const text = decodeWhole(encoding, bytes);
  if (text === undefined) return undefined;
  const parts = text.split('\0').map((part) => part.replace(/^\uFEFF/, ''));
  while (parts.length > 1 && parts.at(-1) === '') parts.pop();
  return parts;
}

function decodeWhole(encoding: number, bytes: Buffer): string | undefined {
  if (encoding === 0) return bytes.toString('latin1');
  if (encoding === 3) return bytes.toString('utf8');
  if (encoding !== 1 && encoding !== 2) return undefined;
  const even = Buffer.from(bytes.subarray(0, bytes.length & ~1));
  const isBig = encoding === 2 || (even[0] === 0xfe && even[1] === 0xff);
  return (isBig ? even.swap16() : even).toString('utf16le');
}

/**
 * The frame of a field. Texts are UTF-8 in ID3v2.4; before that Latin-1 where it suffices (every player reads it), else
 * UTF-16. `plainSizes` is for the tags of an old iTunes that writes its sizes of version 4 like those of version 3.
 * Empty for a picture in ID3v2.2, which has another form of them. Two for a mood of ours: Quod Libet and what goes by the
 * standard look into `TMOO`, MPD into `TXXX:MOOD` alone, and Kodi parts several values only there.
 */
export function frameOf(version: 2 | 3 | 4, field: TagField, plainSizes = false): Buffer {
  if (version === 2 && field.picture) return Buffer.alloc(0);
  const special = version === 2 ? undefined : specialFrame(field, (texts) => encode(version, texts));
  const frames = [special ?? textFrame(version, field)];
  if (field.isOwn && field.field === 'mood' && version > 2) frames.unshift(userFrame(version, field));
  return Buffer.concat(frames.map((frame) => wholeFrame(version, frame, plainSizes)));
}

function wholeFrame(version: 2 | 3 | 4, { id, content }: SpecialFrame, plainSizes: boolean): Buffer {
  if (version === 2) {
    const { length } = content;
    return Buffer.concat([Buffer.from(id), Buffer.from([length >> 16, length >> 8, length]), content]);
  }
  const size = version === 4 && !plainSizes ? syncsafe(content.length) : uint32(content.length);
  return Buffer.concat([Buffer.from(id), size, Buffer.from([0, 0]), content]);
}

function textFrame(version: 2 | 3 | 4, field: TagField): SpecialFrame {
  const [id24, id22] = FRAMES.get(field.field) ?? [];
  const id = version === 2 ? id22 : version === 3 && id24 === 'TDRC' ? 'TYER' : id24;
  if (!id) return userFrame(version, field);
  const texts = version < 4 && field.field === 'date' ? [field.values[0].slice(0, 4)] : field.values;
  return { id, content: encode(version, texts) };
}

function userFrame(version: 2 | 3 | 4, field: TagField): SpecialFrame {
  return { id: version === 2 ? 'TXX' : 'TXXX', content: encode(version, [nameOf(field), ...field.values]) };
}

/** ReplayGain's descriptions are written in capitals by everyone; ours as they are. */
function nameOf({ field, name }: TagField): string {
  return field.startsWith('replaygain_') ? field.toUpperCase() : (name ?? field);
}

function encode(version: 2 | 3 | 4, texts: readonly string[]): Buffer {
  if (version === 4) return Buffer.concat([Buffer.from([3]), Buffer.from(texts.join('\0'), 'utf8')]);
  const isLatin = texts.every((text) => /^[\u0020-\u00ff]*$/.test(text));
  if (isLatin) return Buffer.concat([Buffer.from([0]), Buffer.from(texts.join('\0'), 'latin1')]);
  // Each string begins with a byte order mark of its own.
  return Buffer.concat([Buffer.from([1]), Buffer.from(texts.map((text) => `\uFEFF${text}`).join('\0'), 'utf16le')]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** A frame's size field, for the versions that have four bytes of it. */
export function frameSize(bytes: Buffer, at: number, isSyncsafe: boolean): number {
  return isSyncsafe ? readSyncsafe(bytes, at) : bytes.readUInt32BE(at);
}
