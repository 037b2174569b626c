import { id3Frames, id3Size } from './id3-ape';
import { comments, latin1, type RawPart, without } from './part';

/** The metadata blocks of a FLAC stream as bytes, and where its audio begins. */
export function flacBlocks(bytes: Buffer, from = 0): { blocks: { at: number; bytes: Buffer }[]; audioAt: number } {
  const blocks: { at: number; bytes: Buffer }[] = [];
  let at = from + 4;
  for (let isLast = false; !isLast; ) {
    isLast = (bytes[at] & 0x80) !== 0;
    const end = at + 4 + bytes.readUIntBE(at + 1, 3);
    blocks.push({ at, bytes: bytes.subarray(at, end) });
    at = end;
  }
  return { blocks, audioAt: at };
}

export function flacParts(bytes: Buffer): RawPart[] {
  let begin = 0;
  const parts: RawPart[] = [];
  for (let size = id3Size(bytes, begin); size > 0; size = id3Size(bytes, begin)) {
    parts.push(...id3Frames(bytes, begin));
    begin += size;
  }
  const { blocks, audioAt } = flacBlocks(bytes, begin);
  for (const { at, bytes: block } of blocks) {
    const type = block[0] & 0x7f;
    if (type === 4) parts.push(...comments(block, 4, 'FLAC'));
    else if (type !== 1) parts.push({ name: `FLAC block ${type}`, bytes: block.subarray(4), at });
  }
  return [...parts, { name: 'audio', bytes: bytes.subarray(audioAt), at: audioAt }];
}

/** WAV, RF64 and AIFF. */
export function riffParts(bytes: Buffer): RawPart[] {
  const isBig = latin1(bytes, 0, 4) === 'FORM';
  const parts: RawPart[] = [{ name: 'form', bytes: Buffer.from(latin1(bytes, 0, 4) + latin1(bytes, 8, 12)), at: 0 }];
  for (let at = 12; at + 8 <= bytes.length; ) {
    const id = latin1(bytes, at, at + 4);
    let size = isBig ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4);
    if (size === 0xffffffff && id === 'data') size = Number(bytes.readBigUInt64LE(28));
    const end = Math.min(bytes.length, at + 8 + size);
    if (/^id3 $/i.test(id)) parts.push(...id3Frames(bytes, at + 8));
    else if (id === 'ds64') parts.push({ name: id, bytes: without(bytes.subarray(at, end), [8, 16]), at });
    else parts.push({ name: `chunk ${id}`, bytes: bytes.subarray(at, end), at });
    at = end + (size % 2);
  }
  return parts;
}

export function dsfParts(bytes: Buffer): RawPart[] {
  const tagAt = Number(bytes.readBigUInt64LE(20));
  const end = tagAt || bytes.length;
  return [
    { name: 'head', bytes: without(bytes.subarray(0, 28), [12, 28]), at: 0 },
    { name: 'audio', bytes: bytes.subarray(28, end), at: 28 },
    ...(tagAt ? id3Frames(bytes, tagAt) : []),
  ];
}

const EXTENSION = 'b503bf5f2ea9cf118ee300c00c205365';
const FILE_PROPERTIES = 'a1dcab8c47a9cf118ee400c00c205365';
const EXTENDED_CONTENT = '40a4d0d207e3d21197f000a0c95ea850';
const LIBRARY = ['eacbf8c5af5b77488467aa8c44fa4cca', '941c23449894d149a1411d134e457054'];
const PADDING = '74d40618dfca0945a4ba9aabcb96aae8';

/** The objects of a WMA header, those that hold attributes one by one, and the packets. */
export function asfParts(bytes: Buffer): RawPart[] {
  const headerEnd = Number(bytes.readBigUInt64LE(16));
  return [...asfObjects(bytes, 30, headerEnd), { name: 'audio', bytes: bytes.subarray(headerEnd), at: headerEnd }];
}

function asfObjects(bytes: Buffer, from: number, to: number): RawPart[] {
  const parts: RawPart[] = [];
  for (let at = from; at + 24 <= to; ) {
    const id = bytes.toString('hex', at, at + 16);
    const end = at + Number(bytes.readBigUInt64LE(at + 16));
    const object = bytes.subarray(at, end);
    if (id === EXTENSION) parts.push(...asfObjects(bytes, at + 46, end));
    else if (id === EXTENDED_CONTENT) parts.push(...attributes(object, 'extended'));
    else if (LIBRARY.includes(id)) parts.push(...attributes(object, 'library'));
    else if (id === FILE_PROPERTIES) parts.push({ name: 'ASF file', bytes: without(object, [40, 48]), at });
    else if (id !== PADDING) parts.push({ name: `ASF ${id.slice(0, 8)}`, bytes: object, at });
    at = end;
  }
  return parts;
}

function attributes(object: Buffer, kind: 'extended' | 'library'): RawPart[] {
  const parts: RawPart[] = [];
  const count = object.readUInt16LE(24);
  for (let at = 26, index = 0; index < count; index++) {
    const end =
      kind === 'extended'
        ? at + 6 + object.readUInt16LE(at) + object.readUInt16LE(at + 4 + object.readUInt16LE(at))
        : at + 12 + object.readUInt16LE(at + 4) + object.readUInt32LE(at + 8);
    parts.push({ name: `ASF ${kind}`, bytes: object.subarray(at, end) });
    at = end;
  }
  return parts;
}
