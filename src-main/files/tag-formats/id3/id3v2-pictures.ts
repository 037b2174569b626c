import type { Source, Splice } from '../../safe-files';
import { EXTENDED, id3Header, readSyncsafe, syncsafe, UNSYNCHRONISED } from './id3v2-header';

/** A tag that is smaller is read faster than it is looked through. */
const WORTH_IT = 1024 * 1024;
const LARGE_FRAME = 64 * 1024;
const MAX_FRAMES = 10_000;
const PICTURES = ['APIC', 'PIC', 'GEOB', 'GEO'];

/**
 * What takes the large pictures and attachments out of the ID3v2 tag that a file begins with, found by the headers of
 * its frames alone. Nothing where that is not worth it, and where the frames cannot be told apart without their bytes.
 */
export async function withoutPictures(source: Source): Promise<Splice[]> {
  const header = id3Header(await source.read(0, 10));
  if (!header || header.size < WORTH_IT || header.size > source.size) return [];
  const { version, flags, bodyEnd } = header;
  if (flags & EXTENDED || (version < 4 && flags & UNSYNCHRONISED)) return [];
  const cuts =
    (await picturesIn(source, version, bodyEnd, version === 4)) ??
    (version === 4 ? await picturesIn(source, version, bodyEnd, false) : undefined) ??
    [];
  if (cuts.length === 0) return [];
  const removed = cuts.reduce((sum, { remove }) => sum + remove, 0);
  return [{ offset: 6, remove: 4, insert: syncsafe(bodyEnd - 10 - removed) }, ...cuts];
}

/** Undefined when the sizes of the frames do not lead from one to the next. */
async function picturesIn(
  source: Source,
  version: 2 | 3 | 4,
  end: number,
  isSyncsafe: boolean,
): Promise<Splice[] | undefined> {
  const [idLength, headLength] = version === 2 ? [3, 6] : [4, 10];
  const cuts: Splice[] = [];
  let at = 10;
  for (let frames = 0; at + headLength <= end; frames++) {
    const head = await source.read(at, headLength);
    const id = head.toString('latin1', 0, idLength);
    if (head[0] === 0) return cuts; // padding
    if (!/^[A-Z0-9]+$/.test(id) || frames > MAX_FRAMES) return undefined;
    const size = version === 2 ? head.readUIntBE(3, 3) : isSyncsafe ? readSyncsafe(head, 4) : head.readUInt32BE(4);
    const length = headLength + size;
    if (size > LARGE_FRAME && PICTURES.includes(id)) cuts.push({ offset: at, remove: length, insert: Buffer.alloc(0) });
    at += length;
  }
  return at <= end ? cuts : undefined;
}
