import { readSyncsafe, synchronised, syncsafe } from './id3v2-header';
import type { TagField } from './tag-file';

/** Field → frame, for the fields that have a frame of their own. ID3v2.2 has names of three letters. */
const FRAMES: Record<string, { id: string; id22: string }> = {
  bpm: { id: 'TBPM', id22: 'TBP' },
  initialkey: { id: 'TKEY', id22: 'TKE' },
  title: { id: 'TIT2', id22: 'TT2' },
  artist: { id: 'TPE1', id22: 'TP1' },
  albumartist: { id: 'TPE2', id22: 'TP2' },
  album: { id: 'TALB', id22: 'TAL' },
  date: { id: 'TDRC', id22: 'TYE' },
  track: { id: 'TRCK', id22: 'TRK' },
  genre: { id: 'TCON', id22: 'TCO' },
};
const FIELDS = new Map(
  Object.entries(FRAMES).flatMap(([field, { id, id22 }]) => [
    [id, field],
    [id22, field],
  ]),
);

/** What a text frame says, undefined when it is none that can be read. `bytes` is the whole frame. */
export function readTextFrame(version: 2 | 3 | 4, id: string, bytes: Buffer): TagField | undefined {
  const isUser = id === 'TXXX' || id === 'TXX';
  const field = FIELDS.get(id);
  if (!isUser && !field) return undefined;
  const data = contentOf(version, bytes);
  if (!data || data.length < 1) return undefined;
  const texts = decode(data[0], data.subarray(1));
  if (!texts) return undefined;
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

function decode(encoding: number, bytes: Buffer): string[] | undefined {
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
 * A text frame. UTF-8 in ID3v2.4; before that Latin-1 where it suffices (every player reads it), else UTF-16.
 * `plainSizes` is for the tags of an old iTunes that writes its sizes of version 4 like those of version 3.
 */
export function textFrame(version: 2 | 3 | 4, { field, values }: TagField, plainSizes = false): Buffer {
  const known = FRAMES[field];
  const id = known ? (version === 2 ? known.id22 : known.id) : version === 2 ? 'TXX' : 'TXXX';
  const texts = known ? values : [fieldAsWritten(field), ...values];
  const data = encode(version, known && version < 4 && field === 'date' ? [texts[0].slice(0, 4)] : texts);
  if (version === 2) {
    return Buffer.concat([Buffer.from(id), Buffer.from([data.length >> 16, data.length >> 8, data.length]), data]);
  }
  const size = version === 4 && !plainSizes ? syncsafe(data.length) : uint32(data.length);
  const name = version === 3 && id === 'TDRC' ? 'TYER' : id;
  return Buffer.concat([Buffer.from(name), size, Buffer.from([0, 0]), data]);
}

/** ReplayGain's descriptions are written in capitals by everyone; ours as they are. */
function fieldAsWritten(field: string): string {
  return field.startsWith('replaygain_') ? field.toUpperCase() : field;
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
