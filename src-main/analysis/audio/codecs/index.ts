import { AppError } from '../../../rpc';
import type { Container } from '../source';
import { decodeAdts, decodeM4a } from './aac';
import { decodeAiff } from './aiff';
import { decodeApe } from './ape';
import type { Codec } from './codec';
import { decodeFlac } from './flac';
import { decodeMp3 } from './mp3';
import { decodeOgg } from './ogg';
import { decodePieces, type WasmDecoder } from './wasm';
import { decodeWav } from './wav';
import { decodeWavpack } from './wavpack';
import { decodeWma } from './wma';

/** A decoder that takes the file's bytes as they come. */
function streamed(load: () => Promise<WasmDecoder>): Codec {
  return async function* ({ source, start }) {
    yield* decodePieces(await load(), source.chunks(start));
  };
}

/** A decoder that keeps all it is given, for files that are short enough. */
function bounded(maxBytes: number, codec: Codec): Codec {
  return (input) => {
    if (input.source.size <= maxBytes) return codec(input);
    const megabytes = Math.round(maxBytes / 2 ** 20);
    throw new AppError('unsupported_file', `Files of this kind can be decoded up to ${megabytes} MB only.`);
  };
}

const MAX_MUSEPACK_BYTES = 96 * 2 ** 20;

/** Each loads its WebAssembly when it is first needed. */
export const CODECS: Partial<Record<Container, Codec>> = {
  mp3: decodeMp3,
  flac: decodeFlac,
  'ogg-vorbis': (input) => decodeOgg(input, async () => (await import('@audio/decode-vorbis')).decoder()),
  'ogg-opus': (input) => decodeOgg(input, async () => (await import('@audio/decode-opus')).decoder()),
  'ogg-flac': (input) => decodeOgg(input, async () => (await import('@audio/decode-flac')).decoder()),
  m4a: decodeM4a,
  aac: decodeAdts,
  wav: decodeWav,
  w64: decodeWav,
  aiff: decodeAiff,
  wma: decodeWma,
  ape: decodeApe,
  wavpack: decodeWavpack,
  mpc: bounded(
    MAX_MUSEPACK_BYTES,
    streamed(async () => (await import('@audio/decode-mpc')).decoder()),
  ),
  dsf: streamed(async () => (await import('@audio/decode-dsd')).decoder()),
  dff: streamed(async () => (await import('@audio/decode-dsd')).decoder()),
};
export type { Codec, DecodedBlock } from './codec';
