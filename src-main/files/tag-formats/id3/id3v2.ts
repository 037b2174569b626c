import type { Splice } from '../../safe-files';
import { unsupported } from '../../safe-files';
import type { TagEdit, TagField, TagItem } from '../tag-file';
import { EXTENDED, FOOTER, id3Header, synchronised, syncsafe, UNSYNCHRONISED } from './id3v2-header';
import { frameOf, frameSize, readFrame } from './id3v2-text';

/** An ID3v2 tag that was understood frame by frame. */
export interface Id3Tag {
  readonly items: readonly TagItem[];
  /** The changes to the tag's own bytes, positions from its beginning. Null when nothing of the tag is left. */
  edit(edit: TagEdit): Splice[] | null;
}

interface Frame {
  readonly start: number;
  readonly item: TagItem;
}

interface Body {
  readonly frames: readonly Frame[];
  readonly start: number;
  readonly end: number;
  readonly plainSizes: boolean;
}

const PADDING = 1024;

/**
 * Reads an ID3v2.2, 2.3 or 2.4 tag; `tag` begins with its header and ends with its end.
 *
 * Frames that are not ours keep their bytes and their order, and the tag keeps its version: a 2.3 tag stays one, so
 * that old players read on, and no date, encoding or flag is converted. Throws `unsupported_file` when the frames
 * cannot be told apart.
 */
export function readId3v2(tag: Buffer): Id3Tag {
  const header = id3Header(tag);
  if (!header || header.size > tag.length) throw unsupported('Its ID3 tag is cut off.');
  const { version, flags } = header;
  if (version === 2 && flags & EXTENDED) throw unsupported('Its ID3v2.2 tag is compressed.');
  const isUnsynchronised = version < 4 && (flags & UNSYNCHRONISED) !== 0;
  const bytes = isUnsynchronised
    ? Buffer.concat([tag.subarray(0, 10), synchronised(tag.subarray(10, header.bodyEnd))])
    : tag.subarray(0, header.bodyEnd);
  const body = readBody(version, flags, bytes);
  return {
    items: body.frames.map((frame) => frame.item),
    edit(edit) {
      const splices = editBody(version, bytes, body, edit);
      if (!splices) return null;
      if (isUnsynchronised) return [{ offset: 0, remove: tag.length, insert: applied(bytes, splices) }];
      if (header.size > header.bodyEnd) splices.push({ offset: header.bodyEnd, remove: 10, insert: Buffer.alloc(0) });
      return splices;
    },
  };
}

/** A whole new tag. */
export function newId3v2(add: readonly TagField[], version: 3 | 4 = 4): Buffer {
  const frames = Buffer.concat([...add.map((field) => frameOf(version, field)), Buffer.alloc(PADDING)]);
  return Buffer.concat([
    Buffer.from(['I', 'D', '3'].map((c) => c.charCodeAt(0))),
    Buffer.from([version, 0, 0]),
    syncsafe(frames.length),
    frames,
  ]);
}

function readBody(version: 2 | 3 | 4, flags: number, bytes: Buffer): Body {
  let start = 10;
  if (version > 2 && flags & EXTENDED) {
    const size = bytes.length < 14 ? 0 : frameSize(bytes, 10, version === 4);
    start += version === 4 ? size : size + 4;
    if (size < 6 || start > bytes.length) throw unsupported('The extended header of its ID3 tag is damaged.');
  }
  const frames = walk(version, bytes, start, version === 4);
  if (frames) return { ...frames, start, plainSizes: false };
  const plain = version === 4 ? walk(version, bytes, start, false) : undefined;
  if (plain) return { ...plain, start, plainSizes: true };
  throw unsupported('The frames of its ID3 tag are damaged.');
}

/** Undefined when a frame does not end where another, the padding or the tag's end begins. */
function walk(
  version: 2 | 3 | 4,
  bytes: Buffer,
  start: number,
  isSyncsafe: boolean,
): { frames: Frame[]; end: number } | undefined {
  const headerLength = version === 2 ? 6 : 10;
  const frames: Frame[] = [];
  let at = start;
  while (at + headerLength <= bytes.length && bytes[at] !== 0) {
    const id = bytes.toString('latin1', at, at + (version === 2 ? 3 : 4));
    // An old iTunes leaves three-letter names in later versions, filled up with a blank or a zero.
    if (!/^[A-Z][A-Z0-9]{2}(?:[A-Z0-9 \0]|$)/.test(id)) return undefined;
    const size = version === 2 ? bytes.readUIntBE(at + 3, 3) : frameSize(bytes, at + 4, isSyncsafe);
    const end = at + headerLength + size;
    if (end > bytes.length) return undefined;
    const whole = bytes.subarray(at, end);
    frames.push({ start: at, item: { kind: id, ...readFrame(version, id, whole), bytes: whole } });
    at = end;
  }
  return { frames, end: at };
}

function editBody(version: 2 | 3 | 4, bytes: Buffer, body: Body, edit: TagEdit): Splice[] | null {
  const dropped = body.frames.filter((frame) => edit.drop.has(frame.item));
  if (dropped.length === body.frames.length && edit.add.length === 0) return null;
  const frames = edit.add.map((field) => frameOf(version, field, body.plainSizes));
  // TagLib tells plain sizes by the frame behind. The last one has none; a short one reads the same either way.
  if (body.plainSizes) frames.sort((a, b) => b.length - a.length);
  const added = Buffer.concat(frames);
  const start = 10;
  const kept = body.end - body.start - dropped.reduce((sum, frame) => sum + frame.item.bytes.length, 0);
  const tail = bytes.subarray(body.end);
  const rest = fittingTail(tail, bytes.length - start - kept - added.length);
  const splices: Splice[] = dropped.map(({ start, item }) => ({
    offset: start,
    remove: item.bytes.length,
    insert: Buffer.alloc(0),
  }));
  splices.push({ offset: start, remove: body.start - start, insert: Buffer.alloc(0) });
  splices.push({ offset: body.end, remove: tail.length, insert: Buffer.concat([added, rest]) });
  const flags = bytes[5] & ~EXTENDED & ~FOOTER & (version < 4 ? ~UNSYNCHRONISED : 0xff);
  splices.push({
    offset: 5,
    remove: 5,
    insert: Buffer.concat([Buffer.from([flags]), syncsafe(kept + added.length + rest.length)]),
  });
  return splices;
}

/** Padding shrinks and grows so that the tag keeps its size where it can; what is no padding is kept as it is. */
function fittingTail(tail: Buffer, room: number): Buffer {
  if (tail.some((byte) => byte !== 0)) return tail;
  return Buffer.alloc(room >= 0 ? room : PADDING);
}

function applied(bytes: Buffer, splices: readonly Splice[]): Buffer {
  const parts: Uint8Array[] = [];
  let at = 0;
  for (const splice of [...splices].sort((a, b) => a.offset - b.offset)) {
    parts.push(bytes.subarray(at, splice.offset), splice.insert);
    at = splice.offset + splice.remove;
  }
  parts.push(bytes.subarray(at));
  return Buffer.concat(parts);
}
