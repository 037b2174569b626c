import { comments, latin1, type RawPart, without } from './part';

const PARENTS = /^(moov|trak|mdia|minf|stbl|udta|edts|dinf|mvex|moof|traf|mfra|ilst)$/;

/** The atoms of an MP4 file; those of chunk positions as distances, for the positions move with the metadata. */
export function mp4Parts(bytes: Buffer, from = 0, to = bytes.length, above = ''): RawPart[] {
  const parts: RawPart[] = [];
  for (let at = from; at + 8 <= to; ) {
    const type = latin1(bytes, at + 4, at + 8);
    const isLarge = bytes.readUInt32BE(at) === 1;
    const size = isLarge ? Number(bytes.readBigUInt64BE(at + 8)) : bytes.readUInt32BE(at) || to - at;
    const [name, head, end] = [`${above}${type}`, at + (isLarge ? 16 : 8), at + size];
    if (PARENTS.test(type)) parts.push({ name, bytes: Buffer.alloc(0), at }, ...mp4Parts(bytes, head, end, `${name}/`));
    // QuickTime's has no version and flags, which are 0, before its first child, whose size is not.
    else if (type === 'meta')
      parts.push(...mp4Parts(bytes, bytes.readUInt32BE(head) === 0 ? head + 4 : head, end, `${name}/`));
    else if (type === 'stco' || type === 'co64')
      parts.push({ name, bytes: distances(bytes.subarray(head, end), type), at });
    else if (type === 'tfhd' && bytes[head + 3] & 1)
      parts.push({ name, bytes: without(bytes.subarray(head, end), [8, 16]), at });
    // A table of positions of fragments.
    else if (type === 'tfra') parts.push({ name, bytes: bytes.subarray(head, head + 16), at });
    else if (type !== 'free') parts.push({ name, bytes: bytes.subarray(head, end), at });
    at = end;
  }
  return parts;
}

function distances(table: Buffer, type: string): Buffer {
  const count = table.readUInt32BE(4);
  const at = (index: number) =>
    type === 'co64' ? table.readBigUInt64BE(8 + 8 * index) : BigInt(table.readUInt32BE(8 + 4 * index));
  const result = Array.from({ length: count }, (_, index) => at(index) - at(0));
  return Buffer.from(BigInt64Array.from(result).buffer);
}

interface Stream {
  readonly packets: Buffer[];
  readonly granules: bigint[];
  open: Buffer[];
}

/** Each logical stream of an Ogg file: its comments one by one, all other packets, and the times of its audio. */
export function oggParts(bytes: Buffer): RawPart[] {
  const streams = new Map<number, Stream>();
  const parts: RawPart[] = [];
  for (let at = 0; at + 27 <= bytes.length && latin1(bytes, at, at + 4) === 'OggS'; ) {
    const lacing = bytes.subarray(at + 27, at + 27 + bytes[at + 26]);
    const serial = bytes.readUInt32LE(at + 14);
    if (bytes[at + 5] & 2) {
      parts.push(...(streams.has(serial) ? streamParts(streams.get(serial)!) : []));
      streams.set(serial, { packets: [], granules: [], open: [] });
    }
    const stream = streams.get(serial)!;
    let body = at + 27 + lacing.length;
    for (const length of lacing) {
      stream.open.push(bytes.subarray(body, body + length));
      body += length;
      if (length === 255) continue;
      stream.packets.push(Buffer.concat(stream.open));
      stream.open = [];
    }
    const granule = bytes.readBigInt64LE(at + 6);
    if (granule > 0n) stream.granules.push(granule);
    at = body;
  }
  return [...parts, ...[...streams.values()].flatMap(streamParts)];
}

/** What a stream's first packet says, and where the comments begin in its second one. */
const COMMENTS_AT = [
  ['vorbis', 7],
  ['theora', 7],
  ['OpusHead', 8],
  ['Speex', 0],
  ['FLAC', 4],
] as const;

function streamParts({ packets, granules }: Stream): RawPart[] {
  const [first, second, ...rest] = packets;
  const head = COMMENTS_AT.find(([mark]) => latin1(first, 0, 8).includes(mark))?.[1];
  const tags = head === undefined ? [{ name: 'Ogg packet', bytes: second }] : comments(second, head, 'Ogg');
  return [
    { name: 'Ogg head', bytes: first },
    ...tags,
    { name: 'audio', bytes: Buffer.concat(rest) },
    // An empty time is that of a page which only holds headers.
    { name: 'Ogg times', bytes: Buffer.from(BigInt64Array.from(granules).buffer) },
  ];
}
