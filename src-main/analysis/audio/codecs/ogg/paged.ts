import { blockOf, type DecodedBlock, quietly, type WasmDecoder } from '../codec';
import type { OggLink } from './ogg-link';
import { createPacketReader } from './ogg-packets';
import { type OggPage, pagesOf } from './ogg-pages';

/** A codec whose decoder takes pages, and what its headers are. */
interface PagedCodec {
  load(): Promise<WasmDecoder>;
  /** How many header packets there are, the second of which is the comments. */
  readonly headers: number;
  /** A second packet that says nothing. */
  readonly emptyComments: Uint8Array;
}

export const VORBIS: PagedCodec = {
  load: async () => (await import('@audio/decode-vorbis')).decoder(),
  headers: 3,
  emptyComments: Buffer.from('\x03vorbis\0\0\0\0\0\0\0\0\x01', 'latin1'),
};
export const OPUS: PagedCodec = {
  load: async () => (await import('@audio/decode-opus')).decoder(),
  headers: 2,
  emptyComments: Buffer.from('OpusTags\0\0\0\0\0\0\0\0', 'latin1'),
};

/** Pages are small, calls dear. */
const PIECE_BYTES = 4 * 1024;

/** Decodes a stream by its pages; the comments, which pictures may make long, are replaced by empty ones. */
export async function* decodePaged({ pages }: OggLink, codec: PagedCodec): AsyncGenerator<DecodedBlock> {
  const decoder = await codec.load();
  try {
    for await (const piece of piecesOf(withoutComments(pages, codec))) {
      const block = blockOf(await quietly(() => decoder.decode(piece)));
      if (block) yield block;
    }
    const last = decoder.flush && blockOf(await quietly(() => decoder.flush!()));
    if (last) yield last;
  } finally {
    decoder.free();
  }
}

async function* piecesOf(pages: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let piece: Uint8Array[] = [];
  for await (const page of pages) {
    piece.push(page);
    if (piece.length * page.length < PIECE_BYTES) continue;
    yield Buffer.concat(piece);
    piece = [];
  }
  if (piece.length > 0) yield Buffer.concat(piece);
}

async function* withoutComments(
  pages: AsyncIterable<OggPage>,
  { headers, emptyComments }: PagedCodec,
): AsyncGenerator<Uint8Array> {
  const reader = createPacketReader();
  const packets: Uint8Array[] = [];
  for await (const page of pages) {
    if (packets.length >= headers) {
      yield page.bytes;
      continue;
    }
    packets.push(...reader.read(page));
    // Sound begins on a page of its own.
    if (packets.length < headers) continue;
    yield pagesOf([packets[0]], page.serial, 0);
    yield pagesOf([emptyComments, ...packets.slice(2)], page.serial, 1);
  }
}
