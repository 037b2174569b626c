import { latin1, type RawPart } from './part';

const syncsafe = (bytes: Buffer, at: number) =>
  (bytes[at] << 21) | (bytes[at + 1] << 14) | (bytes[at + 2] << 7) | bytes[at + 3];

/** Size of an ID3v2 tag at `at`, 0 when there is none. */
export function id3Size(bytes: Buffer, at: number): number {
  if (latin1(bytes, at, at + 3) !== 'ID3') return 0;
  return 10 + syncsafe(bytes, at + 6) + (bytes[at + 5] & 0x10 ? 10 : 0);
}

/** The frames of an ID3v2 tag, as they were before unsynchronisation. */
export function id3Frames(bytes: Buffer, at: number): RawPart[] {
  const version = bytes[at + 3];
  const flags = bytes[at + 5];
  const whole = bytes.subarray(at + 10, at + 10 + syncsafe(bytes, at + 6));
  const isShifted = (flags & 0x80) !== 0 && version < 4;
  const tag = isShifted ? Buffer.from(whole.toString('latin1').replaceAll('\xff\0', '\xff'), 'latin1') : whole;
  let offset = 0;
  const parts: RawPart[] = [{ name: 'ID3 version', bytes: Buffer.from([version]), at }];
  if (flags & 0x40 && version > 2) offset = version === 4 ? syncsafe(tag, 0) : 4 + tag.readUInt32BE(0);
  const head = version === 2 ? 6 : 10;
  const isPlain = version === 3 || (version === 4 && hasPlainSizes(tag, offset));
  while (offset + head <= tag.length && tag[offset] !== 0) {
    const id = latin1(tag, offset, offset + (version === 2 ? 3 : 4));
    const size =
      version === 2
        ? tag.readUIntBE(offset + 3, 3)
        : isPlain
          ? tag.readUInt32BE(offset + 4)
          : syncsafe(tag, offset + 4);
    const end = offset + head + size;
    parts.push({ name: `ID3 ${id}`, bytes: tag.subarray(offset, end), at: isShifted ? undefined : at + 10 + offset });
    offset = end;
  }
  return parts;
}

/** Whether the sizes of a tag of version 4 are plain numbers, as an old iTunes wrote them: then only those lead on. */
function hasPlainSizes(tag: Buffer, from: number): boolean {
  const isBehindFrames = (sizeAt: (at: number) => number) => {
    let at = from;
    while (at + 10 <= tag.length && /^[A-Z0-9]{4}$/.test(latin1(tag, at, at + 4))) at += 10 + sizeAt(at + 4);
    return at === tag.length || (at < tag.length && tag[at] === 0);
  };
  return !isBehindFrames((at) => syncsafe(tag, at)) && isBehindFrames((at) => tag.readUInt32BE(at));
}

/** A stream with tags around it: ID3v2 before; APEv2 and ID3v1 behind. */
export function taggedStream(bytes: Buffer): RawPart[] {
  const parts: RawPart[] = [];
  let begin = 0;
  for (let size = id3Size(bytes, begin); size > 0; size = id3Size(bytes, begin)) {
    parts.push(...id3Frames(bytes, begin));
    begin += size;
  }
  let end = bytes.length;
  const tail: RawPart[] = [];
  if (end - begin >= 128 && latin1(bytes, end - 128, end - 125) === 'TAG') {
    end -= 128;
    tail.push({ name: 'ID3v1', bytes: bytes.subarray(end, end + 128), at: end });
  }
  if (end - begin >= 32 && latin1(bytes, end - 32, end - 24) === 'APETAGEX') {
    const size = bytes.readUInt32LE(end - 20);
    tail.unshift(...apeItems(bytes, end - size, bytes.readUInt32LE(end - 16)));
    end -= size + (bytes.readUInt32LE(end - 12) & 0x80000000 ? 32 : 0);
  }
  return [...parts, { name: 'audio', bytes: bytes.subarray(begin, end), at: begin }, ...tail];
}

function apeItems(bytes: Buffer, at: number, count: number): RawPart[] {
  const parts: RawPart[] = [];
  let offset = at;
  for (let index = 0; index < count; index++) {
    const keyEnd = bytes.indexOf(0, offset + 8);
    const end = keyEnd + 1 + bytes.readUInt32LE(offset);
    parts.push({ name: `APE ${latin1(bytes, offset + 8, keyEnd)}`, bytes: bytes.subarray(offset, end), at: offset });
    offset = end;
  }
  return parts;
}
