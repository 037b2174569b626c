import type { Source } from '../../safe-files';

const CONTINUED = 1;
export const FIRST = 2;
export const LAST = 4;

/** One page of an Ogg file. RFC 3533. */
export interface OggPage {
  readonly offset: number;
  readonly flags: number;
  /** Position of the last packet that ends here, in samples; −1 when none does. */
  readonly granule: bigint;
  readonly serial: number;
  readonly sequence: number;
  readonly lacing: Buffer;
  /** Where its body begins. */
  readonly bodyAt: number;
  readonly bodyLength: number;
  readonly end: number;
}

/** What a page holds, wherever it stands. */
export interface PageContent extends Pick<OggPage, 'flags' | 'granule'> {
  readonly lacing: readonly number[];
  readonly body: Buffer;
}

/** The page here; undefined when none begins here, or when the file ends within it. */
export async function readPage(source: Source, offset: number): Promise<OggPage | undefined> {
  const head = await source.read(offset, 27 + 255);
  if (head.length < 27 || head.toString('latin1', 0, 4) !== 'OggS' || head[4] !== 0) return undefined;
  const count = head[26];
  if (head.length < 27 + count) return undefined;
  const lacing = Buffer.from(head.subarray(27, 27 + count));
  const bodyLength = lacing.reduce((sum, value) => sum + value, 0);
  const bodyAt = offset + 27 + count;
  if (bodyAt + bodyLength > source.size) return undefined;
  return {
    offset,
    flags: head[5],
    granule: head.readBigInt64LE(6),
    serial: head.readUInt32LE(14),
    sequence: head.readUInt32LE(18),
    lacing,
    bodyAt,
    bodyLength,
    end: bodyAt + bodyLength,
  };
}

/**
 * Packets laid into pages: as few as hold them, or `pages` where that is more, so that the pages behind keep their
 * numbers.
 */
export function layPages(
  packets: readonly Buffer[],
  at: { serial: number; sequence: number; pages: number },
): Buffer[] {
  const lacing = packets.flatMap((packet) => {
    const values = new Array<number>(Math.floor(packet.length / 255)).fill(255);
    return [...values, packet.length % 255];
  });
  const needed = Math.ceil(lacing.length / 255);
  const count = Math.max(needed, Math.min(at.pages, lacing.length));
  const perPage = Math.ceil(lacing.length / count);
  const bytes = Buffer.concat(packets);
  const pages: Buffer[] = [];
  let bodyAt = 0;
  for (let index = 0; index < count; index++) {
    // The remainder is spread, so that no page comes out empty.
    const from = Math.min(index * perPage, lacing.length - (count - index));
    const to =
      index === count - 1 ? lacing.length : Math.min((index + 1) * perPage, lacing.length - (count - index - 1));
    const values = lacing.slice(from, to);
    const length = values.reduce((sum, value) => sum + value, 0);
    const content: PageContent = {
      lacing: values,
      body: bytes.subarray(bodyAt, bodyAt + length),
      flags: from > 0 && lacing[from - 1] === 255 ? CONTINUED : 0,
      granule: values.some((value) => value < 255) ? 0n : -1n,
    };
    pages.push(writePage(content, { serial: at.serial, sequence: at.sequence + index }));
    bodyAt += length;
  }
  return pages;
}

export function writePage(content: PageContent, at: { serial: number; sequence: number }): Buffer {
  const head = Buffer.alloc(27);
  head.write('OggS', 'latin1');
  head[5] = content.flags;
  head.writeBigInt64LE(content.granule, 6);
  head.writeUInt32LE(at.serial, 14);
  head.writeUInt32LE(at.sequence >>> 0, 18);
  head[26] = content.lacing.length;
  const bytes = Buffer.concat([head, Buffer.from(content.lacing), content.body]);
  bytes.writeUInt32LE(checksum(bytes), 22);
  return bytes;
}

/** Number and checksum (bytes 18 to 25) of a page that gets another number; `bytes` is the whole page. */
export function renumbered(bytes: Buffer, sequence: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt32LE(sequence >>> 0, 18);
  copy.writeUInt32LE(0, 22);
  copy.writeUInt32LE(checksum(copy), 22);
  return copy.subarray(18, 26);
}

const TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index << 24;
  for (let bit = 0; bit < 8; bit++) value = value & 0x80000000 ? (value << 1) ^ 0x04c11db7 : value << 1;
  return value >>> 0;
});

/** Ogg's CRC-32: polynomial 0x04C11DB7, no reflection, nothing before or after. */
function checksum(bytes: Buffer): number {
  let value = 0;
  for (const byte of bytes) value = (value << 8) ^ TABLE[(value >>> 24) ^ byte];
  return value >>> 0;
}
