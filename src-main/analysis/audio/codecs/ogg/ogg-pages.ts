import type { Damage } from '../codec';

/** A page of an Ogg file (RFC 3533 §6). */
export interface OggPage {
  readonly bytes: Uint8Array;
  readonly bodyAt: number;
  readonly serial: number;
  /** Begins a logical stream. */
  readonly isFirst: boolean;
  /** Ends a logical stream. */
  readonly isLast: boolean;
  /** Goes on with the packet that the page before could not hold. */
  readonly isContinued: boolean;
  /** Position at its end, in samples; −1 when no packet ends on it. */
  readonly granule: number;
}

const HEADER_BYTES = 27;
/** A file made to look as if pages began everywhere would take for ever. */
const MAX_FALSE_STARTS = 1000;
const CAPTURE = [0x4f, 0x67, 0x67, 0x53];

/** The pages of a file one after the other; what is no page is passed over. */
export async function* readPages(chunks: AsyncIterable<Uint8Array>, damage: Damage): AsyncGenerator<OggPage> {
  let pending: Uint8Array = new Uint8Array(0);
  let falseStarts = 0;
  for await (const chunk of chunks) {
    const bytes: Uint8Array = Buffer.concat([pending, chunk]);
    let at = nextCapture(bytes, 0);
    for (let length = pageLength(bytes, at); length > 0 && at + length <= bytes.length; ) {
      const page = bytes.subarray(at, at + length);
      const isIntact = checksum(page) === new DataView(page.buffer, page.byteOffset).getUint32(22, true);
      damage.isTruncated ||= !isIntact;
      // A page with a wrong bit in it is better than none; where the next one does not follow, it was no page.
      if (isIntact || nextCapture(bytes, at + length) === at + length) {
        yield describe(page);
        falseStarts = 0;
        at += length;
      } else if (++falseStarts > MAX_FALSE_STARTS) return;
      else at++;
      at = nextCapture(bytes, at);
      length = pageLength(bytes, at);
    }
    pending = bytes.subarray(at);
  }
}

function describe(bytes: Uint8Array): OggPage {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return {
    bytes,
    serial: view.getUint32(14, true),
    granule: Number(view.getBigInt64(6, true)),
    bodyAt: HEADER_BYTES + bytes[26],
    isContinued: !!(bytes[5] & 1),
    isFirst: !!(bytes[5] & 2),
    isLast: !!(bytes[5] & 4),
  };
}

const MAX_SEGMENTS = 255;

/** Pages of the stream `serial` that hold these packets, without a position. */
export function pagesOf(packets: readonly Uint8Array[], serial: number, firstSequence: number): Uint8Array {
  const segments = packets.flatMap((packet) =>
    Array.from({ length: Math.floor(packet.length / 255) + 1 }, (_, i) => packet.subarray(255 * i, 255 * (i + 1))),
  );
  const pages: Uint8Array[] = [];
  for (let at = 0; at < segments.length; at += MAX_SEGMENTS) {
    const some = segments.slice(at, at + MAX_SEGMENTS);
    const header = new Uint8Array(HEADER_BYTES + some.length);
    const view = new DataView(header.buffer);
    const continues = at > 0 && segments[at - 1].length === 255 ? 1 : 0;
    header.set([...CAPTURE, 0, continues | (firstSequence + pages.length === 0 ? 2 : 0)]);
    if (!some.some(({ length }) => length < 255)) view.setBigInt64(6, -1n);
    view.setUint32(14, serial, true);
    view.setUint32(18, firstSequence + pages.length, true);
    header.set([some.length, ...some.map(({ length }) => length)], 26);
    const page = Buffer.concat([header, ...some]);
    page.writeUInt32LE(checksum(page), 22);
    pages.push(page);
  }
  return Buffer.concat(pages);
}

/** Where the next page may begin; near the end, where its first letters do. */
function nextCapture(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(CAPTURE[0], from); at >= 0; at = bytes.indexOf(CAPTURE[0], at + 1)) {
    if (CAPTURE.every((byte, i) => at + i >= bytes.length || bytes[at + i] === byte)) return at;
  }
  return bytes.length;
}

/** Length of the page at `at`; 0 when its header is not there yet. */
function pageLength(bytes: Uint8Array, at: number): number {
  if (at + HEADER_BYTES > bytes.length || at + HEADER_BYTES + bytes[at + 26] > bytes.length) return 0;
  const segments = bytes[at + 26];
  let length = HEADER_BYTES + segments;
  for (let i = 0; i < segments; i++) length += bytes[at + HEADER_BYTES + i];
  return length;
}

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 24;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
  return crc >>> 0;
});

/** Over the page as if its own checksum, four bytes from the 22nd on, were zero. */
function checksum(page: Uint8Array): number {
  let crc = 0;
  for (let i = 0; i < page.length; i++) {
    const byte = i >= 22 && i < 26 ? 0 : page[i];
    crc = (crc << 8) ^ CRC[(crc >>> 24) ^ byte];
  }
  return crc >>> 0;
}
