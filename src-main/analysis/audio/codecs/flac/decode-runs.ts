import type { ChannelLayout } from '../../channels';
import { blockOf, type Damage, type DecodedBlock, quietly, type WasmDecoder } from '../codec';
import { decodeFlacFrame } from './decode-frame';
import type { FlacFormat, FrameFormat } from './flac-frame';
import { type FlacRun, isSameFormat } from './flac-frames';

/** What libFLAC's WebAssembly turns into samples; of other depths it makes silence. */
const WASM_DEPTHS = new Set([8, 16, 24]);
const STREAMINFO_BYTES = 34;

/** Decodes runs of frames, whatever their format; where that changes, another decoder goes on. */
export async function* decodeFlacRuns(
  runs: AsyncIterable<FlacRun>,
  damage: Damage,
  layout?: ChannelLayout,
): AsyncGenerator<DecodedBlock> {
  let current: { format: FrameFormat; wasm: WasmDecoder; lacks: number } | undefined;
  const finish = async function* (): AsyncGenerator<DecodedBlock> {
    if (!current) return;
    const { wasm } = current;
    const last = wasm.flush && blockOf(await quietly(() => wasm.flush!()), layout);
    if (last) yield last;
    if (current.lacks > (last?.channels[0].length ?? 0)) damage.isTruncated = true;
    wasm.free();
    current = undefined;
  };
  try {
    for await (const run of runs) {
      if (current && !isSameFormat(current.format, run.format)) yield* finish();
      if (!isForWasm(run.format)) {
        yield* decodeHere(run, damage, layout);
        continue;
      }
      if (!current) {
        const { decoder } = await import('@audio/decode-flac');
        current = { format: run.format, wasm: await decoder(), lacks: 0 };
        current.wasm.decode(describe(run.format));
      }
      const { wasm } = current;
      const block = blockOf(await quietly(() => wasm.decode(run.bytes)), layout);
      current.lacks += run.samples - (block?.channels[0].length ?? 0);
      if (block) yield block;
    }
    yield* finish();
  } finally {
    current?.wasm.free();
  }
}

/** Its package does not tell libFLAC of the stream, so that frames which leave rate or depth to that are not known. */
const isForWasm = ({ bits, isExplicit }: FrameFormat): boolean => isExplicit && WASM_DEPTHS.has(bits);

/** The beginning of a stream of this format: block sizes and lengths as wide as they may be. */
function describe({ sampleRate, channels, bits }: FlacFormat): Uint8Array {
  const description = new Uint8Array(8 + STREAMINFO_BYTES);
  description.set([0x66, 0x4c, 0x61, 0x43, 0x80, 0, 0, STREAMINFO_BYTES, 0, 16, 0xff, 0xff]);
  const view = new DataView(description.buffer);
  view.setUint32(18, (sampleRate << 12) | ((channels - 1) << 9) | ((bits - 1) << 4));
  return description;
}

/** The frames of a run by TypeScript, for the depths that are rare. */
function* decodeHere(run: FlacRun, damage: Damage, layout?: ChannelLayout): Generator<DecodedBlock> {
  const { sampleRate } = run.format;
  let at = 0;
  for (const end of run.ends) {
    const channels = tryDecode(run.bytes.subarray(at, end), run.format);
    at = end;
    if (channels) yield { channels, sampleRate, layout: layout?.length === channels.length ? layout : undefined };
    else damage.isTruncated = true;
  }
}

function tryDecode(bytes: Uint8Array, format: FlacFormat): Float32Array[] | undefined {
  try {
    return decodeFlacFrame(bytes, format);
  } catch {
    return undefined;
  }
}
