import type { FLACDecoder } from '@wasm-audio-decoders/flac';
import type { ChannelLayout } from '../../channels';
import { blockOf, type Damage, type DecodedBlock, quietly } from '../codec';
import { decodeFlacFrame } from './decode-frame';
import type { FlacFormat, FrameFormat } from './flac-frame';
import { type FlacRun, isSameFormat } from './flac-frames';

/** What libFLAC's WebAssembly turns into samples; of other depths it makes silence. */
const WASM_DEPTHS = new Set([8, 16, 24]);

/** Decodes runs of frames, whatever their format; where that changes, another decoder goes on. */
export async function* decodeFlacRuns(
  runs: AsyncIterable<FlacRun>,
  damage: Damage,
  layout?: ChannelLayout,
): AsyncGenerator<DecodedBlock> {
  let current: { format: FrameFormat; decoder: FLACDecoder } | undefined;
  try {
    for await (const run of runs) {
      if (!isForWasm(run.format)) {
        yield* decodeHere(run, damage, layout);
        continue;
      }
      if (!current || !isSameFormat(current.format, run.format)) {
        current?.decoder.free();
        current = { format: run.format, decoder: await createDecoder() };
      }
      const { decoder } = current;
      const block = blockOf(await quietly(() => decoder.decodeFrames(framesOf(run))), layout);
      if (run.samples > (block?.channels[0].length ?? 0)) damage.isTruncated = true;
      if (block) yield block;
    }
  } finally {
    current?.decoder.free();
  }
}

async function createDecoder(): Promise<FLACDecoder> {
  const { FLACDecoder } = await import('@wasm-audio-decoders/flac');
  const decoder = new FLACDecoder();
  await decoder.ready;
  return decoder;
}

/** Each frame for itself: they were found and proven here, so that libFLAC need not look for them again. */
const framesOf = ({ bytes, ends }: FlacRun): Uint8Array[] =>
  ends.map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end));

/** Nobody tells libFLAC of the stream, so that frames which leave rate or depth to that are not known. */
const isForWasm = ({ bits, isExplicit }: FrameFormat): boolean => isExplicit && WASM_DEPTHS.has(bits);

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
