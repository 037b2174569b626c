import type { CodecInput } from './codec';

/** A page of an Ogg file (RFC 3533 §6). */
export interface OggPage {
  readonly bytes: Uint8Array;
  readonly bodyAt: number;
  readonly serial: number;
  /** Begins a logical stream. */
  readonly isFirst: boolean;
  /** Ends a logical stream. */
  readonly isLast: boolean;
}

const HEADER_BYTES = 27;
/** A file made to look as if pages began everywhere would take for ever. */
const MAX_FALSE_STARTS = 1000;
const CAPTURE = [0x4f, 0x67, 0x67, 0x53];

/** The pages of a file one after the other; what is no page is passed over. */
export async function* readPages(
  chunks: AsyncIterable<Uint8Array>,
  damage: CodecInput['damage'],
): AsyncGenerator<OggPage> {
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
  const serial = new DataView(bytes.buffer, bytes.byteOffset).getUint32(14, true);
  return { bytes, serial, bodyAt: HEADER_BYTES + bytes[26], isFirst: !!(bytes[5] & 2), isLast: !!(bytes[5] & 4) };
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
