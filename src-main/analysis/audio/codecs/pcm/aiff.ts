import { AppError } from '../../../../rpc';
import { type ChannelLayout, layoutOfMask } from '../../channels';
import { type CodecInput, type DecodedBlock, decodePieces } from '../codec';
import { decodePcm, type PcmLayout } from './decode-pcm';
import type { PcmFormat } from './pcm';

const MAX_CHUNKS = 1000;
/** Compression types of AIFF-C that are plain samples: kind, whether big-endian, and bits where the type fixes them. */
const TYPES: Record<string, [PcmFormat['kind'], boolean, number?]> = {
  NONE: ['signed', true],
  twos: ['signed', true],
  sowt: ['signed', false],
  in24: ['signed', true, 24],
  in32: ['signed', true, 32],
  '42ni': ['signed', false, 24],
  '23ni': ['signed', false, 32],
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

/** Layouts of a `CHAN` chunk (Core Audio's `AudioChannelLayoutTag`) that files of more than two channels name. */
const LAYOUTS: Record<number, ChannelLayout> = {
  113: ['FL', 'FR', 'FC'],
  114: ['FC', 'FL', 'FR'],
  115: ['FL', 'FR', 'FC', 'BC'],
  116: ['FC', 'FL', 'FR', 'BC'],
  108: ['FL', 'FR', 'BL', 'BR'],
  117: ['FL', 'FR', 'FC', 'SL', 'SR'],
  118: ['FL', 'FR', 'SL', 'SR', 'FC'],
  119: ['FL', 'FC', 'FR', 'SL', 'SR'],
  120: ['FC', 'FL', 'FR', 'SL', 'SR'],
  121: ['FL', 'FR', 'FC', 'LFE', 'SL', 'SR'],
  122: ['FL', 'FR', 'SL', 'SR', 'FC', 'LFE'],
  123: ['FL', 'FC', 'FR', 'SL', 'SR', 'LFE'],
  124: ['FC', 'FL', 'FR', 'SL', 'SR', 'LFE'],
  125: ['FL', 'FR', 'FC', 'LFE', 'SL', 'SR', 'BC'],
  126: ['FL', 'FR', 'FC', 'LFE', 'SL', 'SR', 'FLC', 'FRC'],
  127: ['FC', 'FLC', 'FRC', 'FL', 'FR', 'SL', 'SR', 'LFE'],
  128: ['FL', 'FR', 'FC', 'LFE', 'SL', 'SR', 'BL', 'BR'],
  133: ['FL', 'FR', 'LFE'],
  134: ['FL', 'FR', 'LFE', 'BC'],
  135: ['FL', 'FR', 'LFE', 'SL', 'SR'],
  136: ['FL', 'FR', 'FC', 'LFE'],
  137: ['FL', 'FR', 'FC', 'LFE', 'BC'],
};
/** The tag that says that a channel mask follows. */
const USES_BITMAP = 0x10000;

/** AIFF and AIFF-C. Compressed kinds are given to a decoder of their own. */
export async function* decodeAiff(input: CodecInput): AsyncGenerator<DecodedBlock> {
  const layout = await readLayout(input);
  if (layout) yield* decodePcm(input, layout);
  else yield* decodePieces((await import('@audio/decode-aiff')).decoder(), input.source.chunks(input.start));
}

async function readLayout({ source, start }: CodecInput): Promise<PcmLayout | undefined> {
  let common: Uint8Array | undefined;
  let speakers: Uint8Array | undefined;
  let data: { at: number; bytes: number } | undefined;
  let at = start + 12;
  for (let chunks = 0; chunks < MAX_CHUNKS; chunks++) {
    const header = await source.read(at, 8);
    if (header.length < 8) break;
    const name = String.fromCharCode(...header.subarray(0, 4));
    const size = new DataView(header.buffer).getUint32(4);
    if (name === 'COMM') common = await source.read(at + 8, Math.min(size, 32));
    else if (name === 'CHAN') speakers = await source.read(at + 8, Math.min(size, 12));
    else if (name === 'SSND') {
      const offsetBytes = await source.read(at + 8, 4);
      const offset = offsetBytes.length < 4 ? 0 : new DataView(offsetBytes.buffer).getUint32(0);
      data = { at: at + 16 + offset, bytes: Math.max(0, size - 8 - offset) };
      // An open length, which a recorder leaves that was cut off, hides what comes after it.
      if (size === 0 || size >= 0xffffff00) break;
    }
    at += 8 + size + (size % 2);
  }
  if (common && data && common.length >= 18) return layoutOf(common, data, speakers);
  throw new AppError('unreadable_audio', 'This AIFF file ends before its samples begin. Copy it again.');
}

function layoutOf(
  common: Uint8Array,
  data: { at: number; bytes: number },
  speakers: Uint8Array | undefined,
): PcmLayout | undefined {
  const view = new DataView(common.buffer, common.byteOffset, common.byteLength);
  const type = common.length >= 22 ? String.fromCharCode(...common.subarray(18, 22)) : 'NONE';
  const known = TYPES[type];
  if (!known) return undefined;
  const [kind, isBigEndian, fixedBits] = known;
  const channels = view.getInt16(0);
  const bits = fixedBits ?? Math.ceil(view.getInt16(6) / 8) * 8;
  const frames = view.getUint32(2);
  const announced = (frames * channels * bits) / 8;
  return {
    format: { kind, bits, isBigEndian },
    channels,
    sampleRate: extended(view, 8),
    frameBytes: (channels * bits) / 8,
    dataStart: data.at,
    // The frames are counted apart from the bytes; what comes after the last is padding.
    dataBytes: frames > 0 && frames < 0xffffffff && announced < data.bytes ? announced : data.bytes,
    speakers: speakers && speakersOf(speakers, channels),
  };
}

function speakersOf(chunk: Uint8Array, channels: number): ChannelLayout | undefined {
  if (chunk.length < 8) return undefined;
  const view = new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  const tag = view.getUint32(0);
  if (tag === USES_BITMAP) return layoutOfMask(view.getUint32(4), channels);
  const layout = (tag & 0xffff) === channels ? LAYOUTS[tag >>> 16] : undefined;
  return layout?.length === channels ? layout : undefined;
}

/** The 80-bit float in which AIFF writes its sample rate; the 64 bits of its mantissa are more than enough. */
const extended = (view: DataView, at: number): number =>
  Math.round(view.getUint32(at + 2) * 2 ** ((view.getUint16(at) & 0x7fff) - 16383 - 31));
