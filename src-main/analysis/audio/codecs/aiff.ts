import { AppError } from '../../../rpc';
import type { CodecInput, DecodedBlock } from './codec';
import type { PcmFormat } from './pcm';
import { decodePieces } from './wasm';
import { decodePcm, type PcmLayout } from './wav';

const MAX_CHUNKS = 1000;
/** Compression types of AIFF-C that are plain samples: kind, whether big-endian, and bits where the type fixes them. */
const TYPES: Record<string, [PcmFormat['kind'], boolean, number?]> = {
  NONE: ['signed', true],
  twos: ['signed', true],
  sowt: ['signed', false],
  in24: ['signed', true, 24],
  in32: ['signed', true, 32],
  fl32: ['float', true, 32],
  FL32: ['float', true, 32],
  fl64: ['float', true, 64],
  FL64: ['float', true, 64],
  alaw: ['alaw', true, 8],
  ALAW: ['alaw', true, 8],
  ulaw: ['mulaw', true, 8],
  ULAW: ['mulaw', true, 8],
  'raw ': ['unsigned', true, 8],
};

/** AIFF and AIFF-C. Compressed kinds are given to a decoder of their own. */
export async function* decodeAiff(input: CodecInput): AsyncGenerator<DecodedBlock> {
  const layout = await readLayout(input);
  if (layout) yield* decodePcm(input, layout);
  else yield* decodePieces((await import('@audio/decode-aiff')).decoder(), input.source.chunks(input.start));
}

async function readLayout({ source, start }: CodecInput): Promise<PcmLayout | undefined> {
  let common: Uint8Array | undefined;
  let data: { at: number; bytes: number } | undefined;
  let at = start + 12;
  for (let chunks = 0; chunks < MAX_CHUNKS && !(common && data); chunks++) {
    const header = await source.read(at, 8);
    if (header.length < 8) break;
    const name = String.fromCharCode(...header.subarray(0, 4));
    const size = new DataView(header.buffer).getUint32(4);
    if (name === 'COMM') common = await source.read(at + 8, Math.min(size, 32));
    else if (name === 'SSND') {
      const offset = new DataView((await source.read(at + 8, 8)).buffer).getUint32(0);
      data = { at: at + 16 + offset, bytes: size - 8 - offset };
    }
    at += 8 + size + (size % 2);
  }
  if (common && data && common.length >= 18) return layoutOf(common, data);
  throw new AppError('unreadable_audio', 'This AIFF file ends before its samples begin. Copy it again.');
}

function layoutOf(common: Uint8Array, data: { at: number; bytes: number }): PcmLayout | undefined {
  const view = new DataView(common.buffer, common.byteOffset, common.byteLength);
  const type = common.length >= 22 ? String.fromCharCode(...common.subarray(18, 22)) : 'NONE';
  const known = TYPES[type];
  if (!known) return undefined;
  const [kind, isBigEndian, fixedBits] = known;
  const channels = view.getInt16(0);
  const bits = fixedBits ?? Math.ceil(view.getInt16(6) / 8) * 8;
  return {
    format: { kind, bits, isBigEndian },
    channels,
    sampleRate: extended(view, 8),
    frameBytes: (channels * bits) / 8,
    dataStart: data.at,
    dataBytes: data.bytes,
  };
}

/** The 80-bit float in which AIFF writes its sample rate; the 64 bits of its mantissa are more than enough. */
const extended = (view: DataView, at: number): number =>
  Math.round(view.getUint32(at + 2) * 2 ** ((view.getUint16(at) & 0x7fff) - 16383 - 31));
