import type { CodecInput, DecodedBlock } from './codec';
import { type OggPage, readPages } from './ogg-pages';
import { blockOf, quietly, type WasmDecoder } from './wasm';

const FIRST_PACKETS = ['\x01vorbis', 'OpusHead', '\x7fFLAC'];
/** Pages are small, calls dear. */
const PIECE_BYTES = 4 * 1024;

/**
 * The first audio stream of an Ogg file, by a decoder that takes Ogg: pages of other streams are left out. Streams
 * chained one after the other each get a decoder of their own.
 */
export async function* decodeOgg(
  { source, start, damage }: CodecInput,
  load: () => Promise<WasmDecoder>,
): AsyncGenerator<DecodedBlock> {
  let decoder: WasmDecoder | undefined;
  let serial = 0;
  let piece: Uint8Array[] = [];
  const decode = async (): Promise<DecodedBlock | undefined> => {
    const bytes = Buffer.concat(piece);
    piece = [];
    return bytes.length ? blockOf(await quietly(() => decoder!.decode(bytes))) : undefined;
  };
  const finish = async function* (): AsyncGenerator<DecodedBlock> {
    if (!decoder) return;
    const block = await decode();
    if (block) yield block;
    const last = decoder.flush && blockOf(await quietly(() => decoder!.flush!()));
    if (last) yield last;
    decoder.free();
    decoder = undefined;
  };
  try {
    for await (const page of readPages(source.chunks(start), damage)) {
      if (!decoder && isAudioStart(page)) {
        decoder = await load();
        serial = page.serial;
      }
      if (!decoder || page.serial !== serial) continue;
      piece.push(page.bytes);
      if (page.isLast) yield* finish();
      else if (piece.length * page.bytes.length >= PIECE_BYTES) {
        const block = await decode();
        if (block) yield block;
      }
    }
    if (decoder) damage.isTruncated = true;
    yield* finish();
  } finally {
    decoder?.free();
  }
}

function isAudioStart({ isFirst, bytes, bodyAt }: OggPage): boolean {
  const start = String.fromCharCode(...bytes.subarray(bodyAt, bodyAt + 8));
  return isFirst && FIRST_PACKETS.some((packet) => start.startsWith(packet));
}
