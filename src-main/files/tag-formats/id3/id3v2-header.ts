import { unsupported } from '../../safe-files';

/** The outer shape of an ID3v2 tag. `size` is that of the whole tag with header and footer. */
export interface Id3Header {
  readonly version: 2 | 3 | 4;
  readonly flags: number;
  readonly size: number;
  /** Where the frames end at the latest: the footer is not part of it. */
  readonly bodyEnd: number;
}

export const UNSYNCHRONISED = 0x80;
export const EXTENDED = 0x40;
export const FOOTER = 0x10;

/** The header of the tag that begins with these (at least ten) bytes, undefined when no tag does. */
export function id3Header(head: Buffer): Id3Header | undefined {
  if (head.length < 10 || head.toString('latin1', 0, 3) !== 'ID3') return undefined;
  if (head[3] === 0xff || head[4] === 0xff || head.subarray(6, 10).some((byte) => byte >= 0x80)) return undefined;
  const version = head[3];
  if (version < 2 || version > 4) throw unsupported(`It has an ID3v2.${version} tag, which Tonearm does not know.`);
  const bodyEnd = 10 + readSyncsafe(head, 6);
  const footer = version === 4 && head[5] & FOOTER ? 10 : 0;
  return { version: version as 2 | 3 | 4, flags: head[5], size: bodyEnd + footer, bodyEnd };
}

/** Four bytes of seven bits. */
export function readSyncsafe(bytes: Buffer, at: number): number {
  return (
    ((bytes[at] & 0x7f) << 21) | ((bytes[at + 1] & 0x7f) << 14) | ((bytes[at + 2] & 0x7f) << 7) | (bytes[at + 3] & 0x7f)
  );
}

export function syncsafe(value: number): Buffer {
  if (value >= 2 ** 28) throw unsupported('Its ID3 tag would become larger than such a tag can be.');
  return Buffer.from([(value >> 21) & 0x7f, (value >> 14) & 0x7f, (value >> 7) & 0x7f, value & 0x7f]);
}

/** Takes out the zero that follows each 0xFF of an unsynchronised tag. */
export function synchronised(bytes: Buffer): Buffer {
  const out = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    out[length++] = bytes[at];
    if (bytes[at] === 0xff && bytes[at + 1] === 0) at++;
  }
  return out.subarray(0, length);
}
