import type { Source } from '../../safe-files';
import { ASF, asfObjects } from '../asf';
import { addField, type FieldSet, MAX_TEXT_BYTES } from './field-set';

const CONTENT = ['title', 'artist', 'copyright', 'comment'];

/** What the header of a WMA file says; pictures are stepped over. */
export async function asfFields(source: Source): Promise<FieldSet> {
  const said: FieldSet[] = [new Map(), new Map(), new Map()];
  for (const { id, offset, size } of await asfObjects(source)) {
    if (id === ASF.CONTENT_DESCRIPTION) await addContent(said[0], source, offset + 24, offset + size);
    if (id === ASF.EXTENDED_CONTENT) await addDescriptors(said[1], source, offset + 24, offset + size);
    if (id === ASF.METADATA || id === ASF.LIBRARY) await addRecords(said[2], source, offset + 24, offset + size);
  }
  const fields: FieldSet = new Map();
  // Second values of a field stand in the library, the first one in the other objects.
  for (const part of said) for (const [name, values] of part) addField(fields, name, values);
  return fields;
}

async function addContent(fields: FieldSet, source: Source, start: number, end: number): Promise<void> {
  const head = await source.read(start, 10);
  let at = start + 10;
  for (const [index, name] of CONTENT.entries()) {
    const length = head.length === 10 ? head.readUInt16LE(index * 2) : 0;
    if (at + length > end) return;
    addField(fields, name, [textOf(await source.read(at, length))]);
    at += length;
  }
}

async function addDescriptors(fields: FieldSet, source: Source, start: number, end: number): Promise<void> {
  const count = await source.read(start, 2);
  let at = start + 2;
  for (let left = count.length === 2 ? count.readUInt16LE(0) : 0; left > 0 && at + 6 <= end; left--) {
    const nameLength = (await source.read(at, 2)).readUInt16LE(0);
    const name = textOf(await source.read(at + 2, nameLength));
    const head = await source.read(at + 2 + nameLength, 4);
    if (head.length < 4) return;
    const valueAt = at + 6 + nameLength;
    const length = head.readUInt16LE(2);
    if (valueAt + length > end) return;
    addValue(fields, name, head.readUInt16LE(0), await source.read(valueAt, length));
    at = valueAt + length;
  }
}

async function addRecords(fields: FieldSet, source: Source, start: number, end: number): Promise<void> {
  const count = await source.read(start, 2);
  let at = start + 2;
  for (let left = count.length === 2 ? count.readUInt16LE(0) : 0; left > 0 && at + 12 <= end; left--) {
    const head = await source.read(at, 12);
    const nameLength = head.readUInt16LE(4);
    const length = head.readUInt32LE(8);
    const valueAt = at + 12 + nameLength;
    if (valueAt + length > end) return;
    if (length <= MAX_TEXT_BYTES) {
      const name = textOf(await source.read(at + 12, nameLength));
      addValue(fields, name, head.readUInt16LE(6), await source.read(valueAt, length));
    }
    at = valueAt + length;
  }
}

function addValue(fields: FieldSet, name: string, type: number, value: Buffer): void {
  const text = valueIn(type, value);
  // The number of a track counted from 0, which an old Windows wrote beside the other.
  if (text === undefined) return;
  if (name === 'WM/Track') addField(fields, 'track:from0', [text]);
  else addField(fields, name, [text]);
}

function valueIn(type: number, value: Buffer): string | undefined {
  if (type === 0) return textOf(value);
  if (type === 2 && value.length >= 2) return String(value.readUInt16LE(0) ? 1 : 0);
  if (type === 3 && value.length === 4) return String(value.readUInt32LE(0));
  if (type === 4 && value.length === 8) return String(value.readBigUInt64LE(0));
  return type === 5 && value.length === 2 ? String(value.readUInt16LE(0)) : undefined;
}

function textOf(bytes: Buffer): string {
  return bytes.toString('utf16le').split('\0')[0];
}
