import { AppError } from '../../../../rpc';
import { layoutOfMask } from '../../channels';
import type { ByteSource } from '../../source';
import { type CodecInput, type DecodedBlock, decodePieces } from '../codec';
import { decodePcm, type PcmLayout } from './decode-pcm';
import type { PcmFormat } from './pcm';

const MAX_CHUNKS = 1000;
const GUID_BYTES = 16;
const EXTENSIBLE = 0xfffe;
const KINDS: Record<number, PcmFormat['kind']> = { 1: 'signed', 3: 'float', 6: 'alaw', 7: 'mulaw' };
const ADPCM = new Set([2, 0x11]);

/** RIFF, RF64, BW64 and Sony's Wave64. ADPCM is given to a decoder of its own. */
export async function* decodeWav(input: CodecInput): AsyncGenerator<DecodedBlock> {
  const layout = await readLayout(input);
  if (layout) yield* decodePcm(input, layout);
  else yield* decodePieces((await import('@audio/decode-wav')).decoder(), input.source.chunks(input.start));
}

/** Steps from chunk to chunk until the samples; undefined when they are ADPCM. */
async function readLayout({ source, start, head }: CodecInput): Promise<PcmLayout | undefined> {
  const isW64 = head[0] === 0x72;
  const headerBytes = isW64 ? GUID_BYTES + 8 : 8;
  let longDataBytes = 0;
  let fmt: Uint8Array | undefined;
  let data: { at: number; bytes: number } | undefined;
  let at = start + (isW64 ? 40 : 12);
  for (let chunks = 0; chunks < MAX_CHUNKS && !(fmt && data); chunks++) {
    const header = await source.read(at, headerBytes);
    if (header.length < headerBytes) break;
    const view = new DataView(header.buffer);
    const name = String.fromCharCode(...header.subarray(0, 4)).toLowerCase();
    const size = isW64 ? Number(view.getBigUint64(GUID_BYTES, true)) - headerBytes : view.getUint32(4, true);
    const body = at + headerBytes;
    if (name === 'ds64') longDataBytes = littleEndian64(await source.read(body + 8, 8));
    else if (name === 'fmt ') fmt = await source.read(body, Math.min(size, 64));
    else if (name === 'data') {
      const isLong = !isW64 && size === 0xffffffff && longDataBytes > 0;
      data = { at: body, bytes: isLong ? longDataBytes : size };
    }
    if (size < 0) break;
    const padding = isW64 ? (8 - (size % 8)) % 8 : size % 2;
    at = body + size + padding;
    // Some writers forget the byte that makes a chunk even.
    if (padding === 1 && (await hasNameAt(source, body + size))) at = body + size;
  }
  if (fmt && data) return layoutOf(fmt, data.at, data.bytes);
  throw new AppError('unreadable_audio', 'This WAV file ends before its samples begin. Copy it again.');
}

const littleEndian64 = (bytes: Uint8Array): number =>
  bytes.length < 8 ? 0 : Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));

/** Names of chunks begin with a letter; where the byte is there that makes the one before even, it is none. */
async function hasNameAt(source: ByteSource, at: number): Promise<boolean> {
  const name = String.fromCharCode(...(await source.read(at, 4)));
  return /^[A-Za-z_][A-Za-z0-9_ ]{3}$/.test(name);
}

function layoutOf(fmt: Uint8Array, dataStart: number, dataBytes: number): PcmLayout | undefined {
  if (fmt.length < 14) throw new AppError('unreadable_audio', 'The header of this WAV file is damaged.');
  const view = new DataView(fmt.buffer, fmt.byteOffset, fmt.byteLength);
  const isExtensible = view.getUint16(0, true) === EXTENSIBLE && fmt.length >= 26;
  const tag = isExtensible ? view.getUint16(24, true) : view.getUint16(0, true);
  if (ADPCM.has(tag)) return undefined;
  const kind = KINDS[tag];
  if (!kind) {
    throw new AppError('unsupported_file', `This WAV file holds a compressed kind of sound (0x${tag.toString(16)}).`);
  }
  const channels = view.getUint16(2, true);
  const sampleRate = view.getUint32(4, true);
  const bytes = sampleBytes(view, kind);
  return {
    format: { kind: kind === 'signed' && bytes === 1 ? 'unsigned' : kind, bits: 8 * bytes, isBigEndian: false },
    channels,
    sampleRate,
    frameBytes: channels * bytes,
    dataStart,
    dataBytes,
    speakers: isExtensible ? layoutOfMask(view.getUint32(20, true), channels) : undefined,
  };
}

/**
 * How many bytes a sample takes. The header says so three times: by its bits, by the bytes of a frame and by those of a
 * second. What two of them say holds; where all differ, the bits do. Bits that fill no whole byte are the highest ones.
 */
function sampleBytes(fmt: DataView, kind: PcmFormat['kind']): number {
  const channels = fmt.getUint16(2, true);
  const byBits = fmt.byteLength >= 16 ? Math.ceil(fmt.getUint16(14, true) / 8) : 0;
  const byFrame = fmt.getUint16(12, true) / channels;
  const bySecond = fmt.getUint32(8, true) / (fmt.getUint32(4, true) * channels);
  const known = [byBits, byFrame, bySecond].filter((bytes) => Number.isInteger(bytes) && isWidth(bytes, kind));
  return known.find((bytes, i) => known.indexOf(bytes) !== i) ?? known[0] ?? byBits;
}

const isWidth = (bytes: number, kind: PcmFormat['kind']): boolean =>
  kind === 'float' ? bytes === 4 || bytes === 8 : kind === 'signed' ? bytes >= 1 && bytes <= 4 : bytes === 1;
