import type { Source } from '../../safe-files';
import { chunksIn, type Order } from '../chunks';
import type { AudioRange, StreamFacts } from './stream-facts';

/** By the STREAMINFO of FLAC, whose 34 bytes stand at `at`. RFC 9639, 8.2. */
export async function streamInfo(source: Source, at: number): Promise<StreamFacts | undefined> {
  const bytes = await source.read(at, 34);
  if (bytes.length < 34) return undefined;
  const sampleRate = bytes.readUIntBE(10, 3) >> 4;
  const samples = (bytes[13] & 15) * 2 ** 32 + bytes.readUInt32BE(14);
  return {
    sampleRate,
    channels: ((bytes[12] >> 1) & 7) + 1,
    bitDepth: (((bytes[12] & 1) << 4) | (bytes[13] >> 4)) + 1,
    seconds: samples && sampleRate ? samples / sampleRate : undefined,
  };
}

const PCM = [1, 3, 0xfffe];

/** By the `fmt ` of a WAV file. */
export async function wavStream(source: Source): Promise<StreamFacts | undefined> {
  const chunks = await chunksIn(source, 'LE');
  const format = chunks.find(({ id, length }) => id === 'fmt ' && length >= 14);
  const data = chunks.find(({ id }) => id === 'data');
  if (!format || !data) return undefined;
  const bytes = await source.read(format.bodyAt, 16);
  const channels = bytes.readUInt16LE(2);
  const sampleRate = bytes.readUInt32LE(4);
  const bitDepth = bytes.length >= 16 ? bytes.readUInt16LE(14) : 0;
  const isPcm = PCM.includes(bytes.readUInt16LE(0));
  // The width of a frame and the bytes of a second are wrong in some files, the bits of a sample are not.
  const pcmRate = isPcm && bitDepth ? Math.ceil(bitDepth / 8) * channels * sampleRate : 0;
  const byteRate = pcmRate || bytes.readUInt32LE(8);
  const fact = isPcm ? undefined : chunks.find(({ id, length }) => id === 'fact' && length >= 4);
  const samples = fact ? (await source.read(fact.bodyAt, 4)).readUInt32LE(0) : 0;
  const bySize = byteRate ? data.length / byteRate : undefined;
  const byFact = samples && samples !== 0xffffffff && sampleRate ? samples / sampleRate : undefined;
  return {
    ...{ channels, sampleRate, bitDepth: bitDepth || undefined, bitrate: byteRate * 8 },
    seconds: byFact ?? bySize,
    isEstimate: (!isPcm && byFact === undefined) || undefined,
  };
}

/** By the `COMM` of an AIFF file. */
export async function aiffStream(source: Source): Promise<StreamFacts | undefined> {
  const chunks = await chunksIn(source, 'BE' satisfies Order);
  const common = chunks.find(({ id, length }) => id === 'COMM' && length >= 18);
  if (!common) return undefined;
  const bytes = await source.read(common.bodyAt, 18);
  // A number of 80 bits; rates are whole, and their highest 32 bits say all.
  const sampleRate = bytes.readUInt32BE(10) * 2 ** ((bytes.readUInt16BE(8) & 0x7fff) - 16383 - 31);
  const bitDepth = bytes.readUInt16BE(6);
  return { channels: bytes.readUInt16BE(0), sampleRate, bitDepth, seconds: bytes.readUInt32BE(2) / sampleRate };
}

/** By the `fmt ` of a DSF file, which stands behind 28 bytes, or where it counts no samples by the size of the data. */
export async function dsfStream(source: Source): Promise<StreamFacts | undefined> {
  const bytes = await source.read(28, 52 + 12);
  if (bytes.length < 64) return undefined;
  const sampleRate = bytes.readUInt32LE(28);
  const bySize = ((Number(bytes.readBigUInt64LE(56)) - 12) * 8) / bytes.readUInt32LE(24);
  const seconds = (Number(bytes.readBigUInt64LE(36)) || bySize) / sampleRate;
  return { channels: bytes.readUInt32LE(24), sampleRate, bitDepth: bytes.readUInt32LE(32), seconds };
}

/** By the header of Monkey's Audio, that of version 3.98 and newer, or the older one. */
export async function monkeysStream(source: Source, { offset }: AudioRange): Promise<StreamFacts | undefined> {
  const head = await source.read(offset, 56 + 24);
  if (head.length < 32 || head.toString('latin1', 0, 3) !== 'MAC') return undefined;
  const version = head.readUInt16LE(4);
  if (version >= 3980) {
    const at = head.readUInt32LE(8); // bytes of the descriptor
    const bytes = await source.read(offset + at, 24);
    if (bytes.length < 24) return undefined;
    const [perFrame, last, frames] = [4, 8, 12].map((place) => bytes.readUInt32LE(place));
    const sampleRate = bytes.readUInt32LE(20);
    const samples = frames > 0 ? (frames - 1) * perFrame + last : 0;
    const bitDepth = bytes.readUInt16LE(16);
    return { channels: bytes.readUInt16LE(18), sampleRate, bitDepth, seconds: samples / sampleRate };
  }
  const [compression, flags] = [head.readUInt16LE(6), head.readUInt16LE(8)];
  const isLong = version >= 3900 || (version >= 3800 && compression === 4000);
  const perFrame = version >= 3950 ? 73_728 * 4 : isLong ? 73_728 : 9216;
  const sampleRate = head.readUInt32LE(12);
  const frames = head.readUInt32LE(24);
  const samples = frames > 0 ? (frames - 1) * perFrame + head.readUInt32LE(28) : 0;
  const bitDepth = flags & 1 ? 8 : flags & 8 ? 24 : 16;
  return { channels: head.readUInt16LE(10), sampleRate, bitDepth, seconds: samples / sampleRate };
}
