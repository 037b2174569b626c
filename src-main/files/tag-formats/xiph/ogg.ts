import type { Hash } from 'node:crypto';
import type { Splice } from '../../safe-files';
import { eachPiece, type Source, unsupported } from '../../safe-files';
import type { TagEdit, TagFile } from '../tag-file';
import { isCommentPacket, type OggHeaders, readOggHeaders } from './ogg-headers';
import { FIRST, LAST, layPages, readPage, renumbered, writePage } from './ogg-page';
import { commentsOf, readComments, writeComments } from './vorbis-comment';

/**
 * Ogg with Vorbis, Opus, Speex or FLAC: our tags are comments in the second packet of the first audio stream. When
 * its pages grow in number, those behind get new numbers and checksums; no packet of audio changes.
 */
export async function readOgg(source: Source): Promise<TagFile> {
  const headers = await readOggHeaders(source);
  const [packet, ...others] = headers.packets;
  if (!isCommentPacket(headers.codec, packet)) throw unsupported('Its comment header is not where it belongs.');
  const prefix = packet.subarray(0, headers.codec.prefix);
  const comments = readComments(packet.subarray(prefix.length));
  return {
    container: headers.codec.name === 'opus' ? 'opus' : 'ogg',
    items: [{ kind: 'vendor', bytes: comments.vendor }, ...comments.items],
    carryOver: [],
    async hashPayload(hash) {
      for (const bytes of [headers.identification, ...others]) hash.update(bytes);
      await hashPackets(source, headers, hash);
    },
    async edit(edit: TagEdit) {
      const items = [...comments.items.filter((item) => !edit.drop.has(item)), ...edit.add.flatMap(commentsOf)];
      const body = writeComments(comments, items);
      if (headers.codec.name === 'flac') prefix.writeUIntBE(body.length, 1, 3);
      return replacePackets(source, headers, [Buffer.concat([prefix, body]), ...others]);
    },
  };
}

/** The bytes of every packet behind the headers, each closed by its length; how they lie in pages does not matter. */
async function hashPackets(source: Source, headers: OggHeaders, hash: Hash): Promise<void> {
  const open = new Map<number, number>();
  const size = Buffer.alloc(4);
  const { early, serial } = headers;
  if (early) hashPage(serial, early.lacing, early.body);
  let at = headers.end;
  for (let page = await readPage(source, at); page; page = await readPage(source, at)) {
    hashPage(page.serial, page.lacing, await source.read(page.bodyAt, page.bodyLength));
    at = page.end;
  }
  await eachPiece(source, { offset: at, length: source.size - at }, (piece) => void hash.update(piece));

  function hashPage(serial: number, lacing: Iterable<number>, body: Uint8Array): void {
    let length = open.get(serial) ?? 0;
    let from = 0;
    let to = 0;
    for (const value of lacing) {
      length += value;
      to += value;
      if (value === 255) continue;
      size.writeUInt32LE(length);
      hash.update(body.subarray(from, to)).update(size);
      length = 0;
      from = to;
    }
    hash.update(body.subarray(from));
    open.set(serial, length);
  }
}

async function replacePackets(source: Source, headers: OggHeaders, packets: readonly Buffer[]): Promise<Splice[]> {
  const [{ offset, sequence }] = headers.pages;
  const { serial, early } = headers;
  const pages = layPages(packets, { serial, sequence, pages: headers.pages.length });
  if (early) pages.push(writePage(early, { serial, sequence: sequence + pages.length }));
  const splices: Splice[] = [{ offset, remove: headers.end - offset, insert: Buffer.concat(pages) }];
  const more = pages.length - headers.pages.length;
  return more === 0 ? splices : [...splices, ...(await renumberRest(source, headers, more))];
}

async function renumberRest(source: Source, headers: OggHeaders, more: number): Promise<Splice[]> {
  const splices: Splice[] = [];
  let at = headers.end;
  for (let page = await readPage(source, at); page; page = await readPage(source, at)) {
    at = page.end;
    if (page.serial !== headers.serial) continue;
    if (page.flags & FIRST) return splices; // a chained stream, numbered from its own beginning
    const bytes = await source.read(page.offset, page.end - page.offset);
    splices.push({ offset: page.offset + 18, remove: 8, insert: renumbered(bytes, page.sequence + more) });
    if (page.flags & LAST) return splices;
  }
  if (at < source.size) throw unsupported('Its Ogg pages are damaged or cut off.');
  return splices;
}
