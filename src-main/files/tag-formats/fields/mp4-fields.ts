import type { Source } from '../../safe-files';
import { genreOfNumber } from '../id3';
import { type BoxPlace, boxAt, boxesIn, childrenOf } from '../mp4';
import { addField, type FieldSet, MAX_TEXT_BYTES } from './field-set';

/** Atom → property, as TagLib and Picard publish them. */
const ATOMS = new Map(
  Object.entries({
    '\xa9nam': 'title',
    '\xa9ART': 'artist',
    aART: 'albumartist',
    '\xa9alb': 'album',
    '\xa9day': 'date',
    '\xa9gen': 'genre',
    '\xa9cmt': 'comment',
    '\xa9wrt': 'composer',
    '\xa9grp': 'grouping',
    '\xa9lyr': 'lyrics',
    '\xa9too': 'encodersettings',
    '\xa9enc': 'encodedby',
    '\xa9wrk': 'work',
    '\xa9mvn': 'movementname',
    '\xa9mvc': 'movementtotal',
    '\xa9con': 'conductor',
    '\xa9dir': 'director',
    cprt: 'copyright',
    tmpo: 'bpm',
    cpil: 'compilation',
    rtng: 'explicitstatus',
    trkn: 'track',
    disk: 'disc',
    gnre: 'genre',
    sonm: 'titlesort',
    soar: 'artistsort',
    soaa: 'albumartistsort',
    soal: 'albumsort',
    soco: 'composersort',
  }),
);
/** What QuickTime and ffmpeg have in a list of named keys. */
const KEYS = 'com.apple.quicktime.';

/** What an MP4 file says: in its list of tags, in a list of named keys, and in QuickTime's own user data, in this order. */
export async function mp4Fields(source: Source): Promise<FieldSet[]> {
  const moov = (await boxesIn(source, 0, source.size)).find(({ type }) => type === 'moov');
  if (!moov) return [];
  const inMoov = await childrenOf(source, moov);
  const users = inMoov.filter(({ type }) => type === 'udta');
  const [itunes, keyed, quickTime]: FieldSet[] = [new Map(), new Map(), new Map()];
  for (const parent of [...users, moov]) {
    for (const box of await childrenOf(source, parent)) {
      if (box.type === 'meta') await addMeta({ itunes, keyed }, source, box);
      else if (box.type.startsWith('\xa9') && parent !== moov) await addQuickTime(quickTime, source, box);
    }
  }
  return [itunes, keyed, quickTime];
}

async function addMeta(into: { itunes: FieldSet; keyed: FieldSet }, source: Source, meta: BoxPlace): Promise<void> {
  const inMeta = await childrenOf(source, meta);
  const list = inMeta.find(({ type }) => type === 'ilst');
  if (!list) return;
  const keys = await keysOf(source, await boxAt(source, inMeta, 'keys'));
  if (keys.length === 0 && into.itunes.size > 0) return;
  for (const atom of await childrenOf(source, list)) {
    if (keys.length === 0) await addAtom(into.itunes, source, atom);
    else await addKeyed(into.keyed, source, atom, keys);
  }
}

async function addAtom(fields: FieldSet, source: Source, atom: BoxPlace): Promise<void> {
  const parts = await childrenOf(source, atom);
  const data = parts.filter(({ type }) => type === 'data');
  if (atom.type !== '----') {
    const property = ATOMS.get(atom.type);
    if (property) addField(fields, property, await valuesOf(source, data, atom.type));
    return;
  }
  const [mean, name] = await Promise.all(['mean', 'name'].map((type) => textOf(source, parts, type)));
  if (name && mean?.toLowerCase() === 'com.apple.itunes') addField(fields, name, await valuesOf(source, data, '----'));
}

async function addKeyed(fields: FieldSet, source: Source, atom: BoxPlace, keys: readonly string[]): Promise<void> {
  const key = keys[Buffer.from(atom.type, 'latin1').readUInt32BE(0) - 1];
  const data = (await childrenOf(source, atom)).filter(({ type }) => type === 'data');
  if (key) addField(fields, key.replace(KEYS, ''), await valuesOf(source, data, 'key'));
}

async function keysOf(source: Source, keys: BoxPlace | undefined): Promise<string[]> {
  if (!keys) return [];
  const names: string[] = [];
  for (const { bodyAt, end } of await boxesIn(source, keys.bodyAt + 8, keys.end)) {
    names.push((await source.read(bodyAt, Math.min(end - bodyAt, 256))).toString('utf8'));
  }
  return names;
}

async function textOf(source: Source, parts: readonly BoxPlace[], type: string): Promise<string | undefined> {
  const part = parts.find((each) => each.type === type);
  if (!part || part.end - part.bodyAt > 1024) return undefined;
  return (await source.read(part.bodyAt + 4, Math.max(0, part.end - part.bodyAt - 4))).toString('utf8');
}

async function valuesOf(source: Source, data: readonly BoxPlace[], type: string): Promise<string[]> {
  const values: string[] = [];
  for (const { bodyAt, end } of data) {
    if (end - bodyAt < 8 || end - bodyAt > MAX_TEXT_BYTES) continue;
    const bytes = await source.read(bodyAt, end - bodyAt);
    if (bytes.length < 8) continue;
    const value = valueIn(type, bytes.readUInt32BE(0) & 0xff_ff_ff, bytes.subarray(8));
    if (value !== undefined) values.push(value);
  }
  return values;
}

const UTF8 = 1;
const UTF16 = 2;
const INTEGERS = new Set([21, 22]);

/** Numbers are read by what the atom is, whatever its type says: 0 and 21 both occur. */
function valueIn(atom: string, type: number, value: Buffer): string | undefined {
  if (atom === 'trkn' || atom === 'disk') return numberAndTotal(value);
  if (atom === 'gnre') return genreOfNumber(numberIn(value) - 1);
  if (['tmpo', 'cpil', 'rtng', '\xa9mvc'].includes(atom)) return value.length > 0 ? String(numberIn(value)) : undefined;
  if (type === UTF16)
    return Buffer.from(value.subarray(0, value.length & ~1))
      .swap16()
      .toString('utf16le');
  if (INTEGERS.has(type)) return value.length <= 6 && value.length > 0 ? String(numberIn(value)) : undefined;
  return type === UTF8 || type === 0 ? value.toString('utf8').replace(/\0+$/, '') : undefined;
}

const numberIn = (value: Buffer): number => (value.length === 0 ? 0 : value.readUIntBE(0, Math.min(6, value.length)));

function numberAndTotal(value: Buffer): string | undefined {
  if (value.length < 4) return undefined;
  const number = value.readUInt16BE(2);
  const total = value.length >= 6 ? value.readUInt16BE(4) : 0;
  return number || total ? `${number}${total ? `/${total}` : ''}` : undefined;
}

/** A text of QuickTime's own: its length, its language, and in whatever encoding that language had on old systems. */
async function addQuickTime(fields: FieldSet, source: Source, { type, bodyAt, end }: BoxPlace): Promise<void> {
  const property = ATOMS.get(type);
  const size = end - bodyAt;
  if (!property || size < 4 || size > MAX_TEXT_BYTES) return;
  const bytes = await source.read(bodyAt, size);
  const length = bytes.readUInt16BE(0);
  const text = bytes.subarray(4, 4 + length);
  if (4 + length <= size && text.indexOf(0) < 0) addField(fields, property, [text.toString('utf8')]);
}
