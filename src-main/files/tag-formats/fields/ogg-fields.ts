import type { Source } from '../../safe-files';
import { readPage } from '../xiph';
import type { FieldSet } from './field-set';
import { vorbisFields } from './vorbis-fields';

/** Bytes of a packet: where they lie in the file. */
interface Piece {
  readonly offset: number;
  readonly length: number;
}

const MAX_PAGES = 20_000;

/** What the comments of the first audio stream of an Ogg file say, by the headers of its pages. */
export async function oggFields(source: Source): Promise<FieldSet | undefined> {
  const stream = await firstStream(source);
  if (!stream) return undefined;
  const packet = packetOf(source, await secondPacket(source, stream.serial, stream.next));
  const head = (await packet.read(0, 8)).toString('latin1');
  if (head.startsWith('\x03vorbis')) return vorbisFields(packet, 7);
  if (head === 'OpusTags') return vorbisFields(packet, 8);
  if (stream.codec === 'flac') return (head.charCodeAt(0) & 0x7f) === 4 ? vorbisFields(packet, 4) : undefined;
  return stream.codec === 'speex' ? vorbisFields(packet, 0) : undefined;
}

async function firstStream(source: Source) {
  let found: { codec: string; serial: number } | undefined;
  let at = 0;
  for (let page = await readPage(source, 0); page && page.flags & 2; page = await readPage(source, at)) {
    const head = (await source.read(page.bodyAt, 8)).toString('latin1');
    const codec = /^(?:\x01(vorbis)|(Opus)Head|(Speex) {3}|\x7f(FLAC))/.exec(head)?.slice(1).find(Boolean);
    if (codec) found ??= { codec: codec.toLowerCase(), serial: page.serial };
    at = page.end;
  }
  return found && { ...found, next: at };
}

/** The first packet of a stream behind the pages on which streams begin. */
async function secondPacket(source: Source, serial: number, start: number): Promise<Piece[]> {
  const pieces: Piece[] = [];
  let at = start;
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const page = await readPage(source, at);
    if (!page) return pieces;
    at = page.end;
    if (page.serial !== serial) continue;
    const ends = page.lacing.findIndex((value) => value < 255);
    const values = ends < 0 ? page.lacing : page.lacing.subarray(0, ends + 1);
    pieces.push({ offset: page.bodyAt, length: values.reduce((sum, value) => sum + value, 0) });
    if (ends >= 0) return pieces;
  }
  return pieces;
}

/** A packet that lies over several pages, as if it lay in one piece; only what is asked for is read. */
function packetOf(source: Source, pieces: readonly Piece[]): Source {
  const starts: number[] = [];
  let size = 0;
  for (const { length } of pieces) {
    starts.push(size);
    size += length;
  }
  return {
    size,
    async read(offset, length) {
      const found: Buffer[] = [];
      const end = Math.min(size, offset + length);
      let index = firstAt(starts, offset);
      for (let at = offset; at < end; index++) {
        const within = at - starts[index];
        const take = Math.min(pieces[index].length - within, end - at);
        found.push(Buffer.from(await source.read(pieces[index].offset + within, take)));
        at += take;
      }
      return Buffer.concat(found);
    },
  };
}

/** The last piece that begins at or before a position. */
function firstAt(starts: readonly number[], position: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}
