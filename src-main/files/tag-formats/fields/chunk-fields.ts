import type { Source } from '../../safe-files';
import { chunksIn, type Order } from '../chunks';
import { addField, type FieldSet, MAX_TEXT_BYTES } from './field-set';
import { id3v2Fields } from './id3v2-fields';

/** What the parts of an INFO list are called elsewhere, as TagLib publishes it; ITRK and TRCK are what others write. */
const INFO = new Map(
  Object.entries({
    INAM: 'title',
    IART: 'artist',
    IPRD: 'album',
    ICRD: 'date',
    IPRT: 'track',
    ITRK: 'track',
    TRCK: 'track',
    IGNR: 'genre',
    ICMT: 'comment',
    ICOP: 'copyright',
    IMUS: 'composer',
    IWRI: 'lyricist',
    IENG: 'engineer',
    IEDT: 'remixer',
    IBPM: 'bpm',
    ISRC: 'isrc',
    IPUB: 'label',
    ILNG: 'language',
    IMED: 'media',
    ICNT: 'releasecountry',
    PRT1: 'discsubtitle',
    IBSU: 'website',
    ITCH: 'encodedby',
    ISFT: 'encodersettings',
  }),
);
/** The same for the chunks of AIFF. */
const AIFF = new Map([
  ['NAME', 'title'],
  ['AUTH', 'artist'],
  ['(c) ', 'copyright'],
  ['ANNO', 'comment'],
]);

/** What the chunks of a WAV or AIFF file say: its ID3 tag first, then fields of the format's own. */
export async function chunkFields(source: Source, order: Order): Promise<FieldSet[]> {
  const own: FieldSet = new Map();
  const tags: FieldSet[] = [];
  for (const { id, bodyAt, length } of await chunksIn(source, order)) {
    if (/^id3 $/i.test(id)) tags.push((await id3v2Fields(source, bodyAt)) ?? new Map());
    else if (order === 'BE' && AIFF.has(id)) await addText(own, source, AIFF.get(id)!, bodyAt, length);
    else if (id === 'LIST') await addInfo(own, source, bodyAt, length);
  }
  return [...tags, own];
}

async function addInfo(fields: FieldSet, source: Source, start: number, length: number): Promise<void> {
  if ((await source.read(start, 4)).toString('latin1') !== 'INFO') return;
  for (let at = start + 4; at + 8 <= start + length; ) {
    const head = await source.read(at, 8);
    if (head.length < 8) return;
    const size = head.readUInt32LE(4);
    const property = INFO.get(head.toString('latin1', 0, 4).toUpperCase());
    if (property) await addText(fields, source, property, at + 8, size);
    at += 8 + size + (size & 1);
  }
}

/** UTF-8 where it is, else Latin-1, in which older programs wrote. */
async function addText(fields: FieldSet, source: Source, property: string, at: number, length: number): Promise<void> {
  if (length > MAX_TEXT_BYTES) return;
  const bytes = await source.read(at, length);
  const end = bytes.indexOf(0);
  const text = bytes.subarray(0, end < 0 ? bytes.length : end);
  addField(fields, property, [text.toString(isUtf8(text) ? 'utf8' : 'latin1')]);
}

const strict = new TextDecoder('utf-8', { fatal: true });

function isUtf8(bytes: Buffer): boolean {
  try {
    strict.decode(bytes);
    return true;
  } catch {
    return false;
  }
}
