import { inflateSync } from 'node:zlib';
import { type Source, sourceOfBytes } from '../../safe-files';
import { EXTENDED, fieldOfFrame, frameSize, genresOf, id3Header, synchronised, textsIn, UNSYNCHRONISED } from '../id3';
import { addField, type FieldSet, MAX_TEXT_BYTES } from './field-set';

type Version = 2 | 3 | 4;

/** A frame by its header: nothing of its content is read. */
interface FrameHead {
  readonly id: string;
  readonly at: number;
  readonly size: number;
  readonly flags: number;
}

const MAX_FRAMES = 10_000;
/** An unsynchronised tag has to be held as a whole to be read. */
const MAX_HELD = 64 * 1024 * 1024;

/**
 * What the ID3v2 tag that begins at `offset` says, as far as its frames can be told apart; undefined when there is none.
 * Pictures are stepped over by their headers.
 */
export async function id3v2Fields(source: Source, offset: number): Promise<FieldSet | undefined> {
  const header = id3Header(await source.read(offset, 10));
  if (!header) return undefined;
  const { version, flags } = header;
  const end = Math.min(offset + header.bodyEnd, source.size);
  const isWhole = version < 4 && (flags & UNSYNCHRONISED) !== 0;
  const body = isWhole
    ? sourceOfBytes(synchronised(await source.read(offset + 10, Math.min(end - offset - 10, MAX_HELD))))
    : partOf(source, offset + 10, end);
  const start = version > 2 && flags & EXTENDED ? await afterExtended(body, version) : 0;
  const fields: FieldSet = new Map();
  const dates = new Map<string, string>();
  for (const frame of await framesOf(body, start, version)) {
    const wanted = nameOf(frame.id);
    if (!isText(wanted) || frame.size > MAX_TEXT_BYTES * 4) continue;
    const content = contentOf(version, frame, await body.read(frame.at, frame.size), (flags & UNSYNCHRONISED) !== 0);
    if (content && content.length > 0) addFrame(fields, dates, wanted, content);
  }
  addDates(fields, dates);
  if (version < 4) partIds(fields);
  return fields;
}

function partOf(source: Source, start: number, end: number): Source {
  const size = Math.max(0, end - start);
  return { size, read: (at, length) => source.read(start + at, Math.max(0, Math.min(length, size - at))) };
}

async function afterExtended(body: Source, version: Version): Promise<number> {
  const head = await body.read(0, 4);
  if (head.length < 4) return 0;
  const size = frameSize(head, 0, version === 4);
  return version === 4 ? size : size + 4;
}

/** The frames in a row; of version 4 with plain sizes, as an old iTunes writes them, where only these lead on. */
async function framesOf(body: Source, start: number, version: Version): Promise<FrameHead[]> {
  const right = await walk(body, start, version, version === 4);
  if (version !== 4 || right.isWhole) return right.frames;
  const plain = await walk(body, start, version, false);
  return plain.isWhole || plain.frames.length > right.frames.length ? plain.frames : right.frames;
}

async function walk(body: Source, start: number, version: Version, isSyncsafe: boolean) {
  const headLength = version === 2 ? 6 : 10;
  const frames: FrameHead[] = [];
  let at = start;
  while (at + headLength <= body.size && frames.length < MAX_FRAMES) {
    const head = await body.read(at, headLength);
    if (head.length < headLength || head[0] === 0) return { frames, isWhole: true };
    const id = head.toString('latin1', 0, version === 2 ? 3 : 4);
    if (!/^[A-Z][A-Z0-9]{2}(?:[A-Z0-9 \0]|$)/.test(id)) return { frames, isWhole: false };
    const size = version === 2 ? head.readUIntBE(3, 3) : frameSize(head, 4, isSyncsafe);
    if (at + headLength + size > body.size) return { frames, isWhole: false };
    frames.push({ id, at: at + headLength, size, flags: version === 2 ? 0 : head[9] });
    at += headLength + size;
  }
  return { frames, isWhole: true };
}

/** An old iTunes leaves names of three letters in later versions, filled up with a blank or a zero. */
const nameOf = (id: string) => id.replace(/[ \0]+$/, '');

const isText = (id: string) => /^(T...?|COMM?|USLT|ULT|UFID?|IPLS?|WOAR|WAR|MVNM|MVIN|MVN|MVI|GRP1|GP1)$/.test(id);

/** What a frame holds, freed of what its flags added; undefined when it is encrypted or damaged. */
function contentOf(version: Version, { flags }: FrameHead, bytes: Buffer, isUnsynchronised: boolean) {
  if (version === 2 || (flags === 0 && !(version === 4 && isUnsynchronised))) return bytes;
  if (version === 3) {
    if (flags & 0x40) return undefined;
    const at = (flags & 0x80 ? 4 : 0) + (flags & 0x20 ? 1 : 0);
    return flags & 0x80 ? inflated(bytes.subarray(at)) : bytes.subarray(at);
  }
  if (flags & 0x04) return undefined;
  const at = (flags & 0x40 ? 1 : 0) + (flags & 0x01 ? 4 : 0);
  const data = flags & 0x02 || isUnsynchronised ? synchronised(bytes.subarray(at)) : bytes.subarray(at);
  return flags & 0x08 ? inflated(data) : data;
}

function inflated(bytes: Buffer): Buffer | undefined {
  try {
    return inflateSync(bytes, { maxOutputLength: MAX_TEXT_BYTES * 4 });
  } catch {
    return undefined;
  }
}

const DATES = new Set(['TYER', 'TYE', 'TDAT', 'TDA', 'TDRC', 'TRDA', 'TRD']);
const MUSICBRAINZ = 'http://musicbrainz.org\0';

function addFrame(fields: FieldSet, dates: Map<string, string>, id: string, content: Buffer): void {
  if (/^UFI/.test(id)) {
    const text = content.toString('latin1');
    if (text.startsWith(MUSICBRAINZ)) addField(fields, 'musicbrainz_trackid', [text.slice(MUSICBRAINZ.length)]);
  } else if (/^W/.test(id)) addField(fields, 'website', [content.toString('latin1').split('\0')[0]]);
  else if (/^COM/.test(id)) addNote(fields, 'comment', content);
  else if (/^(USLT|ULT)/.test(id)) addNote(fields, 'lyrics', content);
  else addTexts(fields, dates, id, textsIn(content[0], content.subarray(1)) ?? []);
}

function addTexts(fields: FieldSet, dates: Map<string, string>, id: string, texts: readonly string[]): void {
  if (texts.length === 0) return;
  if (DATES.has(id)) {
    if (!dates.has(id)) dates.set(id, texts[0]);
  } else if (/^(TXXX?|TXX)$/.test(id)) addField(fields, texts[0], idsIn(texts.slice(1)));
  else if (/^(TIPL|IPLS?|TMCL)$/.test(id)) addPeople(fields, texts);
  else if (/^TCON?$/.test(id)) addField(fields, 'genre', texts.flatMap(genresOf));
  else addField(fields, fieldOfFrame(id) ?? `id3:${id}`, texts);
}

/** Comments and lyrics: the nameless first, those that programs keep for themselves never. */
function addNote(fields: FieldSet, name: string, content: Buffer): void {
  const [description, ...values] = textsIn(content[0], content.subarray(4)) ?? [];
  if (description === undefined || /^(itun|songs-db_|mediamonkey|cddb)/i.test(description)) return;
  addField(fields, description === '' ? name : `${name}:named`, [values.join('\n')]);
}

const ROLES = new Set([
  'arranger',
  'producer',
  'engineer',
  'mixer',
  'mix',
  'djmixer',
  'dj-mix',
  'lyricist',
  'composer',
]);

/** Pairs of what somebody did and who that is. */
function addPeople(fields: FieldSet, pairs: readonly string[]): void {
  for (let at = 0; at + 1 < pairs.length; at += 2) {
    const role = pairs[at].toLowerCase();
    addField(fields, ROLES.has(role) ? role : 'performer', [pairs[at + 1]]);
  }
}

/** Before version 4 a date is parted: the year, and day and month in four digits. */
function addDates(fields: FieldSet, dates: ReadonlyMap<string, string>): void {
  const year = dates.get('TYER') ?? dates.get('TYE');
  const [, day, month] = /^(\d\d)(\d\d)$/.exec(dates.get('TDAT') ?? dates.get('TDA') ?? '') ?? [];
  const isDay = Number(day) >= 1 && Number(day) <= 31 && Number(month) >= 1 && Number(month) <= 12;
  const parted = year && isDay && /^\d{4}$/.test(year.trim()) ? `${year.trim()}-${month}-${day}` : year;
  const said = [dates.get('TDRC'), parted].find((text) => text?.trim());
  if (said) addField(fields, 'date', [said]);
}

const ID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const IDS = new RegExp(`^${ID}(?:\\s*[/;,]\\s*${ID})+$`, 'i');

/** Ids of MusicBrainz that were joined for want of a way to have several: nothing in them looks like what joins them. */
function idsIn(values: readonly string[]): string[] {
  return values.flatMap((value) => (IDS.test(value.trim()) ? value.trim().split(/\s*[/;,]\s*/) : [value]));
}

/**
 * A list of artists that was joined by a slash, which may stand in a name too: it is parted when that gives as many
 * names as there are ids of artists.
 */
function partIds(fields: FieldSet): void {
  for (const [names, ids] of [
    ['artists', 'musicbrainz_artistid'],
    ['albumartists', 'musicbrainz_albumartistid'],
  ]) {
    const joined = fields.get(names);
    const count = fields.get(ids)?.length ?? 0;
    const parted = joined?.length === 1 ? joined[0].split('/').map((name) => name.trim()) : [];
    if (count > 1 && parted.length === count && parted.every(Boolean)) fields.set(names, parted);
  }
}
