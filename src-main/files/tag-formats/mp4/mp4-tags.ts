import { unsupported } from '../../safe-files';
import type { TagField, TagItem } from '../tag-file';
import { type Box, box, uint32 } from './mp4-box';

const MEAN = 'com.apple.iTunes';
const UTF8 = 1;
const INTEGER = 21;

/** One child of `ilst`; `bytes` is all of it. */
export function readTag(type: string, bytes: Buffer): TagItem {
  if (type === 'tmpo') {
    const [value] = dataOf(bytes, 8);
    return value?.length === 2
      ? { kind: type, field: 'bpm', values: [String(value.readUInt16BE(0))], bytes }
      : { kind: type, bytes };
  }
  if (type !== '----') return { kind: type, bytes };
  const [mean, name] = ['mean', 'name'].map((wanted) => textOf(bytes, wanted));
  if (mean === undefined || name === undefined) return { kind: type, bytes };
  const field = mean.toLowerCase() === MEAN.toLowerCase() ? name.toLowerCase() : undefined;
  return {
    kind: `${type}:${mean}:${name}`,
    field,
    values: dataOf(bytes, 8, UTF8).map((value) => value.toString('utf8')),
    bytes,
  };
}

function textOf(bytes: Buffer, type: string): string | undefined {
  for (const child of children(bytes, 8)) if (child.type === type) return child.body.toString('utf8', 4);
  return undefined;
}

function dataOf(bytes: Buffer, start: number, wantedType?: number): Buffer[] {
  return [...children(bytes, start)]
    .filter(({ type, body }) => type === 'data' && body.length >= 8)
    .filter(({ body }) => wantedType === undefined || body.readUInt32BE(0) === wantedType)
    .map(({ body }) => body.subarray(8));
}

function* children(bytes: Buffer, start: number): Generator<{ type: string; body: Buffer }> {
  for (let at = start; at + 8 <= bytes.length; ) {
    const size = bytes.readUInt32BE(at);
    if (size < 8 || at + size > bytes.length) return;
    yield { type: bytes.toString('latin1', at + 4, at + 8), body: bytes.subarray(at + 8, at + size) };
    at += size;
  }
}

/** A child of `ilst`: a freeform atom with one `data` for each value; the tempo has an atom of its own. */
export function tagBox({ field, values, name = field }: TagField): Buffer {
  if (field === 'bpm') {
    const bpm = Math.round(Number(values[0]));
    if (!(bpm >= 0 && bpm <= 0xffff)) throw unsupported(`An MP4 file cannot hold a tempo of "${values[0]}".`);
    return box('tmpo', data(INTEGER, Buffer.from([bpm >> 8, bpm & 0xff])));
  }
  const texts = values.map((value) => data(UTF8, Buffer.from(value, 'utf8')));
  const named = (type: string, text: string) => box(type, uint32(0), Buffer.from(text, 'utf8'));
  return box('----', named('mean', MEAN), named('name', name), ...texts);
}

function data(type: number, value: Buffer): Buffer {
  return box('data', uint32(type), uint32(0), value);
}

/** What says of metadata that it is a list of tags, as iTunes writes it. */
export const HANDLER = box('hdlr', uint32(0), uint32(0), Buffer.from('mdirappl', 'latin1'), Buffer.alloc(9));

/** The boxes that hold an `ilst` where there is none: as much of them as is missing. */
export function newTagList(tags: Buffer, has: { udta?: Box; meta?: Box }): Buffer {
  const list = box('ilst', tags);
  if (has.meta) return list;
  const meta = box('meta', uint32(0), HANDLER, list);
  return has.udta ? meta : box('udta', meta);
}
