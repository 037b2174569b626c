import type { Source } from '../../safe-files';
import type { AudioRange, StreamFacts } from './stream-facts';

const RATES = [
  6000, 8000, 9600, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 64_000, 88_200, 96_000, 192_000,
];
const TAIL = 1024 * 1024;
const CUSTOM_RATE = 0x27;
const CHANNELS = 0x0d;
const DSD = 0x0e;
/** What is looked at of each part: these say all in their first bytes. */
const PART_BYTES = 64;
const IS_DSD = 0x80000000;

/** By the head of the first block with samples, and where that states no length by the last block. WavPack 4 and 5. */
export async function wavpackStream(source: Source, range: AudioRange): Promise<StreamFacts | undefined> {
  const block = await firstBlock(source, range);
  if (!block) return undefined;
  const { head, at } = block;
  const flags = head.readUInt32LE(24);
  const parts = await subBlocks(source, at + 32, at + 8 + head.readUInt32LE(4));
  const custom = parts.get(CUSTOM_RATE);
  const known = RATES[(flags >>> 23) & 15] ?? (custom && custom.length >= 3 ? custom.readUIntLE(0, 3) : undefined);
  const isDsd = (flags & IS_DSD) !== 0;
  // DSD is counted in bytes of eight samples, and its rate given as a part of that by a power of two.
  const sampleRate = known && isDsd ? known * 2 ** ((parts.get(DSD)?.[0] ?? 0) & 31) : known;
  const stated = head.readUInt32LE(12);
  const samples = stated === 0xffffffff ? await lastSample(source, range) : stated + head[11] * (2 ** 32 - 1);
  const channels = parts.get(CHANNELS)?.[0] ?? (flags & 4 ? 1 : 2);
  const bitDepth = isDsd ? 1 : ((flags & 3) + 1) * 8 - ((flags >> 13) & 31);
  const seconds = samples !== undefined && sampleRate ? samples / sampleRate : undefined;
  return { channels, sampleRate, bitDepth, seconds };
}

async function firstBlock(source: Source, { offset, length }: AudioRange) {
  for (let at = offset, blocks = 0; at + 32 <= offset + length && blocks < 100; blocks++) {
    const head = await source.read(at, 32);
    if (head.length < 32 || head.toString('latin1', 0, 4) !== 'wvpk') return undefined;
    if (head.readUInt32LE(20) > 0) return { head, at };
    at += 8 + head.readUInt32LE(4);
  }
  return undefined;
}

/** What stands in a block beside its samples: id → bytes. */
async function subBlocks(source: Source, start: number, end: number): Promise<Map<number, Buffer>> {
  const parts = new Map<number, Buffer>();
  for (let at = start; at + 2 <= end && parts.size < 64; ) {
    const head = await source.read(at, 4);
    if (head.length < 4) break;
    const isLarge = (head[0] & 0x80) !== 0;
    const size = 2 * (isLarge ? head.readUIntLE(1, 3) : head[1]);
    const bodyAt = at + (isLarge ? 4 : 2);
    const length = Math.min(PART_BYTES, size - ((head[0] >> 6) & 1));
    if (length > 0) parts.set(head[0] & 0x3f, Buffer.from(await source.read(bodyAt, length)));
    at = bodyAt + size;
  }
  return parts;
}

async function lastSample(source: Source, { offset, length }: AudioRange): Promise<number | undefined> {
  const tailAt = Math.max(offset, offset + length - TAIL);
  const tail = await source.read(tailAt, offset + length - tailAt);
  for (let at = tail.lastIndexOf('wvpk'); at >= 0; at = at > 0 ? tail.lastIndexOf('wvpk', at - 1) : -1) {
    if (at + 32 > tail.length || tail.readUInt32LE(at + 20) === 0) continue;
    return tail.readUInt32LE(at + 16) + tail.readUInt32LE(at + 20);
  }
  return undefined;
}
