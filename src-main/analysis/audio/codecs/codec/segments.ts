import type { DecodedBlock } from './codec';
import { blockOf, quietly, type WasmDecoder } from './wasm';
import type { FrameRun } from './whole-frames';

/** A block, and the kind of the frames that it was decoded from. */
export interface SegmentBlock extends DecodedBlock {
  readonly kind: number;
  /** The first of its decoder. */
  readonly isFirst: boolean;
}

/** A file made of ever other kinds would make ever more decoders. */
const MAX_SEGMENTS = 2000;

/** Decodes runs of frames; where their kind changes, a new decoder goes on. Frees each, however the end comes. */
export async function* decodeSegments(
  runs: AsyncIterable<FrameRun>,
  load: () => Promise<WasmDecoder>,
): AsyncGenerator<SegmentBlock> {
  let current: { decoder: WasmDecoder; kind: number; isFirst: boolean } | undefined;
  let segments = 0;
  const blockFor = (audio: Parameters<typeof blockOf>[0]): SegmentBlock | undefined => {
    const block = blockOf(audio);
    if (!block || !current) return undefined;
    const { kind, isFirst } = current;
    current.isFirst = false;
    return { ...block, kind, isFirst };
  };
  const finish = async function* (): AsyncGenerator<SegmentBlock> {
    if (!current) return;
    const { decoder } = current;
    const last = decoder.flush && blockFor(await quietly(() => decoder.flush!()));
    if (last) yield last;
    current = undefined;
    decoder.free();
  };
  try {
    for await (const { kind, bytes } of runs) {
      if (current?.kind !== kind) {
        yield* finish();
        if (++segments > MAX_SEGMENTS) throw new Error('the kind of the frames changes too often');
        current = { kind, decoder: await load(), isFirst: true };
      }
      const { decoder } = current;
      const block = blockFor(await quietly(() => decoder.decode(bytes)));
      if (block) yield block;
    }
    yield* finish();
  } finally {
    current?.decoder.free();
  }
}
