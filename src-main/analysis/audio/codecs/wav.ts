import { AppError } from '../../../rpc';
import type { CodecInput, DecodedBlock } from './codec';
import { channelReader, deinterleave, type PcmFormat, type ReadChannel } from './pcm';
import { decodePieces } from './wasm';

/** PCM somewhere in a file. */
export interface PcmLayout {
  readonly format: PcmFormat;
  readonly channels: number;
  readonly sampleRate: number;
  /** Bytes of one sample of every channel. */
  readonly frameBytes: number;
  readonly dataStart: number;
  /** May claim more than the file has. */
  readonly dataBytes: number;
}

const MAX_CHUNKS = 1000;
const MAX_CHANNELS = 64;
const GUID_BYTES = 16;
const EXTENSIBLE = 0xfffe;
const KINDS: Record<number, PcmFormat['kind']> = { 1: 'signed', 3: 'float', 6: 'alaw', 7: 'mulaw' };
const ADPCM = new Set([2, 0x11]);

/** RIFF, RF64 and Sony's Wave64. ADPCM is given to a decoder of its own. */
export async function* decodeWav(input: CodecInput): AsyncGenerator<DecodedBlock> {
  const layout = await readLayout(input);
  if (layout) yield* decodePcm(input, layout);
  else yield* decodePieces((await import('@audio/decode-wav')).decoder(), input.source.chunks(input.start));
}

/** Samples as they lie in the file. Says `isTruncated` when the file has fewer than it announces. */
export async function* decodePcm(input: CodecInput, layout: PcmLayout): AsyncGenerator<DecodedBlock> {
  const { channels, sampleRate, frameBytes, dataStart, dataBytes } = layout;
  const read = readerFor(layout);
  const end = Math.min(input.source.size, dataStart + dataBytes);
  // A recorder that was cut off leaves 0 or all ones for the length: then the data go on to the end.
  const isOpen = dataBytes === 0 || dataBytes >= 0xffffff00;
  if (!isOpen && dataStart + dataBytes > input.source.size) input.damage.isTruncated = true;
  let rest = new Uint8Array(0);
  for await (const chunk of input.source.chunks(dataStart, isOpen ? undefined : end)) {
    const bytes = rest.length ? Buffer.concat([rest, chunk]) : chunk;
    const whole = bytes.length - (bytes.length % frameBytes);
    rest = bytes.slice(whole);
    if (whole) yield { channels: deinterleave(bytes.subarray(0, whole), channels, frameBytes, read), sampleRate };
  }
}

function readerFor({ format, channels, sampleRate, frameBytes }: PcmLayout): ReadChannel {
  const read = channelReader(format);
  const isSound = channels > 0 && channels <= MAX_CHANNELS && frameBytes === (channels * format.bits) / 8;
  if (read && isSound && sampleRate >= 1000 && sampleRate <= 1_000_000) return read;
  throw new AppError(
    'unsupported_file',
    'This file says of its samples what cannot be; it is damaged or very unusual.',
  );
}

/** Steps from chunk to chunk until the samples; undefined when they are ADPCM. */
async function readLayout({ source, start, head }: CodecInput): Promise<PcmLayout | undefined> {
  const isW64 = head[0] === 0x72;
  const headerBytes = isW64 ? GUID_BYTES + 8 : 8;
  let longDataBytes = 0;
  let fmt: Uint8Array | undefined;
  let at = start + (isW64 ? 40 : 12);
  for (let chunks = 0; chunks < MAX_CHUNKS; chunks++) {
    const header = await source.read(at, headerBytes);
    if (header.length < headerBytes) break;
    const view = new DataView(header.buffer);
    const name = String.fromCharCode(...header.subarray(0, 4));
    const size = isW64 ? Number(view.getBigUint64(GUID_BYTES, true)) - headerBytes : view.getUint32(4, true);
    const body = at + headerBytes;
    if (name === 'ds64')
      longDataBytes = Number(new DataView((await source.read(body, 16)).buffer).getBigUint64(8, true));
    else if (name === 'fmt ') fmt = await source.read(body, Math.min(size, 64));
    else if (name === 'data' && fmt) {
      return layoutOf(fmt, body, size === 0xffffffff && longDataBytes ? longDataBytes : size);
    }
    if (size < 0) break;
    at = body + size + (isW64 ? (8 - (size % 8)) % 8 : size % 2);
  }
  throw new AppError('unreadable_audio', 'This WAV file ends before its samples begin. Copy it again.');
}

function layoutOf(fmt: Uint8Array, dataStart: number, dataBytes: number): PcmLayout | undefined {
  const view = new DataView(fmt.buffer, fmt.byteOffset, fmt.byteLength);
  if (fmt.length < 16) throw new AppError('unreadable_audio', 'The header of this WAV file is damaged.');
  const tag =
    view.getUint16(0, true) === EXTENSIBLE && fmt.length >= 26 ? view.getUint16(24, true) : view.getUint16(0, true);
  if (ADPCM.has(tag)) return undefined;
  const kind = KINDS[tag];
  if (!kind) {
    throw new AppError('unsupported_file', `This WAV file holds a compressed kind of sound (0x${tag.toString(16)}).`);
  }
  const channels = view.getUint16(2, true);
  const frameBytes = view.getUint16(12, true);
  // Twenty bits in three bytes count as twenty-four: the empty bits are the lowest.
  const bits = (frameBytes / channels) * 8;
  return {
    format: { kind: kind === 'signed' && bits === 8 ? 'unsigned' : kind, bits, isBigEndian: false },
    channels,
    sampleRate: view.getUint32(4, true),
    frameBytes,
    dataStart,
    dataBytes,
  };
}
