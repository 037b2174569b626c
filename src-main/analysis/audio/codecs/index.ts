import { AppError } from '../../../rpc';
import type { Container } from '../source';
import { decodeAdts } from './adts';
import { decodeApe } from './ape';
import { decodeWma } from './asf';
import { type Codec, decodePieces, type WasmDecoder } from './codec';
import { decodeFlac } from './flac';
import { decodeMp3 } from './mp3';
import { decodeM4a } from './mp4';
import { decodeOgg } from './ogg';
import { decodeAiff, decodeWav } from './pcm';
import { decodeWavpack } from './wavpack';

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
  'ogg-vorbis': decodeOgg,
  'ogg-opus': decodeOgg,
  'ogg-flac': decodeOgg,
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
export type { Codec, Damage, DecodedBlock } from './codec';
export { CopyProtectedError } from './codec';
