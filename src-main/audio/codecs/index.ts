import type { Container } from '../container';
import { decodeAdts, decodeM4a } from './aac';
import type { Codec } from './codec';
import { decodeMp3 } from './mp3';
import { decodePieces, type WasmDecoder } from './wasm';

/** A decoder that takes the file's bytes as they come. */
function streamed(load: () => Promise<WasmDecoder>): Codec {
  return async function* ({ source, start }) {
    yield* decodePieces(await load(), source.chunks(start));
  };
}

/** Loaded when first needed: each carries its WebAssembly with it. */
export const CODECS: Partial<Record<Container, Codec>> = {
  mp3: decodeMp3,
  flac: streamed(async () => (await import('@audio/decode-flac')).decoder()),
  'ogg-vorbis': streamed(async () => (await import('@audio/decode-vorbis')).decoder()),
  'ogg-opus': streamed(async () => (await import('@audio/decode-opus')).decoder()),
  'ogg-flac': streamed(async () => (await import('@audio/decode-flac')).decoder()),
  m4a: decodeM4a,
  aac: decodeAdts,
  wav: streamed(async () => (await import('@audio/decode-wav')).decoder()),
  aiff: streamed(async () => (await import('@audio/decode-aiff')).decoder()),
  wma: streamed(async () => (await import('@audio/decode-wma')).decoder()),
  wavpack: streamed(async () => (await import('@audio/decode-wavpack')).decoder()),
  mpc: streamed(async () => (await import('@audio/decode-mpc')).decoder()),
  dsf: streamed(async () => (await import('@audio/decode-dsd')).decoder()),
  dff: streamed(async () => (await import('@audio/decode-dsd')).decoder()),
};
