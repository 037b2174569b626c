import type { Container } from '../container';
import { decodeAdts, decodeM4a } from './aac';
import { decodeAiff } from './aiff';
import type { Codec } from './codec';
import { decodeFlac } from './flac';
import { decodeMp3 } from './mp3';
import { decodePieces, type WasmDecoder } from './wasm';
import { decodeWav } from './wav';
import { decodeWavpack } from './wavpack';

/** A decoder that takes the file's bytes as they come. */
function streamed(load: () => Promise<WasmDecoder>): Codec {
  return async function* ({ source, start }) {
    yield* decodePieces(await load(), source.chunks(start));
  };
}

/** Loaded when first needed: each carries its WebAssembly with it. */
export const CODECS: Partial<Record<Container, Codec>> = {
  mp3: decodeMp3,
  flac: decodeFlac,
  'ogg-vorbis': streamed(async () => (await import('@audio/decode-vorbis')).decoder()),
  'ogg-opus': streamed(async () => (await import('@audio/decode-opus')).decoder()),
  'ogg-flac': streamed(async () => (await import('@audio/decode-flac')).decoder()),
  m4a: decodeM4a,
  aac: decodeAdts,
  wav: decodeWav,
  w64: decodeWav,
  aiff: decodeAiff,
  wma: streamed(async () => (await import('@audio/decode-wma')).decoder()),
  wavpack: decodeWavpack,
  mpc: streamed(async () => (await import('@audio/decode-mpc')).decoder()),
  dsf: streamed(async () => (await import('@audio/decode-dsd')).decoder()),
  dff: streamed(async () => (await import('@audio/decode-dsd')).decoder()),
};
