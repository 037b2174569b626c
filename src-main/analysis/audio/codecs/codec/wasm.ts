import type { ChannelLayout } from '../../channels';
import type { DecodedBlock } from './codec';

/** What the decoders of `@audio/decode-*` have in common. */
export interface WasmDecoder {
  decode(bytes: Uint8Array): WasmAudio | Promise<WasmAudio>;
  flush?(): WasmAudio | Promise<WasmAudio>;
  free(): void;
}

export interface WasmAudio {
  readonly channelData: Float32Array[];
  readonly sampleRate: number;
  readonly samplesDecoded?: number;
}

/** A decoder's answer as a block; undefined when it has no samples. */
export function blockOf(
  { channelData, sampleRate, samplesDecoded }: WasmAudio,
  layout?: ChannelLayout,
): DecodedBlock | undefined {
  const length = Math.min(channelData[0]?.length ?? 0, samplesDecoded ?? Number.POSITIVE_INFINITY);
  if (length === 0) return undefined;
  const channels = channelData.map((channel) => (channel.length > length ? channel.subarray(0, length) : channel));
  return { channels, sampleRate, layout: layout?.length === channels.length ? layout : undefined };
}

const NOTHING: WasmAudio = { channelData: [], sampleRate: 0 };

/** Some decoders write each damaged frame to the console; a damaged file has thousands. */
export function quietly<T>(decode: () => T): T {
  const { error } = console;
  console.error = () => undefined;
  try {
    return decode();
  } finally {
    console.error = error;
  }
}

/** Feeds a decoder piece by piece and frees it at the end, however the end comes. */
export async function* decodePieces(
  decoder: WasmDecoder,
  pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  layout?: ChannelLayout,
): AsyncGenerator<DecodedBlock> {
  try {
    for await (const piece of pieces) {
      const block = blockOf(await quietly(() => decoder.decode(piece)), layout);
      if (block) yield block;
    }
    const last = blockOf(await quietly(() => decoder.flush?.() ?? NOTHING), layout);
    if (last) yield last;
  } finally {
    decoder.free();
  }
}
