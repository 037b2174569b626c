import { unsupported } from '../../safe-files';
import type { TagField, TagItem } from '../tag-file';

/** The comments of FLAC, Vorbis, Opus and Speex, and what stands around them in their block or packet. */
export interface VorbisComments {
  readonly vendor: Buffer;
  readonly items: readonly TagItem[];
  /** What follows the last comment: Vorbis' framing bit, or padding. */
  readonly rest: Buffer;
}

const DAMAGED = 'Its Vorbis comments are damaged.';

/** Reads comments; `bytes` begin with the vendor's length. */
export function readComments(bytes: Buffer): VorbisComments {
  let at = 0;
  const next = () => {
    if (at + 4 > bytes.length) throw unsupported(DAMAGED);
    const end = at + 4 + bytes.readUInt32LE(at);
    if (end > bytes.length) throw unsupported(DAMAGED);
    const value = bytes.subarray(at + 4, end);
    at = end;
    return value;
  };
  const vendor = next();
  if (at + 4 > bytes.length) throw unsupported(DAMAGED);
  const count = bytes.readUInt32LE(at);
  at += 4;
  const items: TagItem[] = [];
  for (let index = 0; index < count; index++) items.push(readComment(next()));
  return { vendor, items, rest: bytes.subarray(at) };
}

/** The same with other comments; the vendor and what follows stay. */
export function writeComments({ vendor, rest }: VorbisComments, items: readonly TagItem[]): Buffer {
  const parts = [length(vendor.length), vendor, length(items.length)];
  for (const { bytes } of items) parts.push(length(bytes.length), bytes);
  return Buffer.concat([...parts, rest]);
}

export const NO_COMMENTS: VorbisComments = { vendor: Buffer.from('Tonearm'), items: [], rest: Buffer.alloc(0) };

function readComment(bytes: Buffer): TagItem {
  const split = bytes.indexOf('=');
  const name = bytes.toString('latin1', 0, Math.max(split, 0));
  if (split <= 0) return { kind: 'COMMENT', bytes };
  // A value may be megabytes of picture; only what can be a field of ours is decoded.
  const isShort = bytes.length < 65_536;
  return {
    kind: name.toUpperCase(),
    field: fieldOf(name),
    values: isShort ? [bytes.toString('utf8', split + 1)] : undefined,
    bytes,
  };
}

/**
 * The name is case-insensitive ASCII without `=`. Other characters of a key are percent-encoded, so that every key
 * comes back as it was; `:` and `-` need not be.
 */
function fieldOf(name: string): string {
  try {
    return decodeURIComponent(name).toLowerCase();
  } catch {
    return name.toLowerCase();
  }
}

/** One comment for each value, the usual way to have several. */
export function commentsOf({ field, values }: TagField): TagItem[] {
  const name = field.replace(/[^\x20-\x7d]|[=%]/gu, encodeURIComponent).toUpperCase();
  return values.map((value) => ({
    kind: name,
    field,
    values: [value],
    bytes: Buffer.from(`${name}=${value}`, 'utf8'),
  }));
}

function length(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
