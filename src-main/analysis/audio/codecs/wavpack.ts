import type { CodecInput, DecodedBlock } from './codec';
import { blockOf, type WasmDecoder } from './wasm';

/** The decoder keeps all it was given; blocks stand for themselves, so that a new one goes on where it was. */
const BYTES_A_DECODER = 4 * 1024 * 1024;
const HEADER_BYTES = 32;
const FINAL_BLOCK = 0x1000;
const MAX_BLOCK_BYTES = 16 * 1024 * 1024;

/** WavPack by libwavpack, in groups of blocks that belong together (one for each pair of channels). */
export async function* decodeWavpack(input: CodecInput): AsyncGenerator<DecodedBlock> {
  const { decoder } = await import('@audio/decode-wavpack');
  let wavpack: WasmDecoder = await decoder();
  let fed = 0;
  try {
    for await (const group of blockGroups(input)) {
      if (fed > BYTES_A_DECODER) {
        wavpack.free();
        wavpack = await decoder();
        fed = 0;
      }
      fed += group.length;
      try {
        const block = blockOf(await wavpack.decode(group));
        if (block) yield block;
      } catch {
        input.damage.isTruncated = true;
        fed = Number.POSITIVE_INFINITY;
      }
    }
  } finally {
    wavpack.free();
  }
}

async function* blockGroups({ source, start, damage }: CodecInput): AsyncGenerator<Uint8Array> {
  let group: Uint8Array[] = [];
  for (let at = start; ; ) {
    const header = await source.read(at, HEADER_BYTES);
    if (header.length < HEADER_BYTES || String.fromCharCode(...header.subarray(0, 4)) !== 'wvpk') return;
    const view = new DataView(header.buffer, header.byteOffset);
    const length = view.getUint32(4, true) + 8;
    const block = length >= HEADER_BYTES && length <= MAX_BLOCK_BYTES ? await source.read(at, length) : header;
    if (block.length < length) {
      damage.isTruncated = true;
      return;
    }
    group.push(block);
    at += length;
    if (!(view.getUint32(24, true) & FINAL_BLOCK)) continue;
    yield group.length === 1 ? block : Buffer.concat(group);
    group = [];
  }
}
