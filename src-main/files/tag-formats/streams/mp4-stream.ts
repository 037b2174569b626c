import type { Source } from '../../safe-files';
import { type BoxPlace, boxAt, boxesIn, childrenOf } from '../mp4';
import { audioConfig } from './audio-config';
import { lengthOfFragments } from './mp4-fragments';
import type { StreamFacts } from './stream-facts';

/** By the first track of sound of an MP4 or QuickTime file. */
export async function mp4Stream(source: Source): Promise<StreamFacts | undefined> {
  const boxes = await boxesIn(source, 0, source.size);
  const moov = boxes.find(({ type }) => type === 'moov');
  if (!moov) return undefined;
  const inMoov = await childrenOf(source, moov);
  for (const track of inMoov.filter(({ type }) => type === 'trak')) {
    const inTrack = await childrenOf(source, track);
    const handler = await boxAt(source, inTrack, 'mdia', 'hdlr');
    if (!handler || (await source.read(handler.bodyAt + 8, 4)).toString('latin1') !== 'soun') continue;
    const entries = await boxAt(source, inTrack, 'mdia', 'minf', 'stbl', 'stsd');
    const description = entries && (await boxesIn(source, entries.bodyAt + 8, entries.end))[0];
    if (!description) continue;
    const facts = await describe(source, description);
    const { scale, ticks } = await mediaTime(source, inTrack);
    const id = await trackId(source, inTrack);
    const isFragmented = boxes.some(({ type }) => type === 'moof');
    const inFragments = isFragmented ? await lengthOfFragments(source, { boxes, inMoov, id }) : 0;
    // The header states the length of all, or of the samples that it lists itself, or none.
    const isInHeader = ticks > 0 && !isFragmented;
    const all = isInHeader ? ticks : Math.max(ticks, (await samplesIn(source, inTrack)) + inFragments);
    return { ...facts, seconds: scale ? all / scale : undefined };
  }
  return undefined;
}

async function mediaTime(source: Source, inTrack: readonly BoxPlace[]): Promise<{ scale: number; ticks: number }> {
  const header = await boxAt(source, inTrack, 'mdia', 'mdhd');
  const bytes = header ? await source.read(header.bodyAt, 36) : Buffer.alloc(0);
  if (bytes.length < 24) return { scale: 0, ticks: 0 };
  if (bytes[0] === 1 && bytes.length >= 32) {
    return { scale: bytes.readUInt32BE(20), ticks: known(Number(bytes.readBigUInt64BE(24))) };
  }
  return { scale: bytes.readUInt32BE(12), ticks: known(bytes.readUInt32BE(16)) };
}

const known = (ticks: number) => (ticks === 0xffffffff || ticks >= 2 ** 53 ? 0 : ticks);

async function trackId(source: Source, inTrack: readonly BoxPlace[]): Promise<number> {
  const header = await boxAt(source, inTrack, 'tkhd');
  const bytes = header ? await source.read(header.bodyAt, 24) : Buffer.alloc(0);
  return bytes.length < 24 ? 0 : bytes.readUInt32BE(bytes[0] === 1 ? 20 : 12);
}

const MAX_ENTRIES = 1_000_000;

/** Ticks of the samples that the header lists. */
async function samplesIn(source: Source, inTrack: readonly BoxPlace[]): Promise<number> {
  const times = await boxAt(source, inTrack, 'mdia', 'minf', 'stbl', 'stts');
  if (!times) return 0;
  const count = (await source.read(times.bodyAt + 4, 4)).readUInt32BE(0);
  const bytes = await source.read(times.bodyAt + 8, Math.min(count, MAX_ENTRIES) * 8);
  let ticks = 0;
  for (let at = 0; at + 8 <= bytes.length; at += 8) ticks += bytes.readUInt32BE(at) * bytes.readUInt32BE(at + 4);
  return ticks;
}

/** A description of sound: version 0, 1 (QuickTime) or 2, and what the codec says itself. */
async function describe(source: Source, { type, bodyAt, end }: BoxPlace): Promise<StreamFacts> {
  const bytes = await source.read(bodyAt, 64);
  if (bytes.length < 28) return {};
  const version = bytes.readUInt16BE(8);
  const isLong = version === 2 && bytes.length >= 52;
  const stated = {
    channels: isLong ? bytes.readUInt32BE(40) : bytes.readUInt16BE(16),
    bitDepth: bytes.readUInt16BE(18) || undefined,
    sampleRate: isLong ? bytes.readDoubleBE(32) : bytes.readUInt16BE(24),
  };
  const childrenAt = bodyAt + 28 + (version === 1 ? 16 : version === 2 ? 36 : 0);
  const inEntry = await boxesIn(source, childrenAt, end);
  const own = type === 'alac' ? await alacConfig(source, inEntry) : await aacConfig(source, inEntry);
  return { ...stated, ...own };
}

async function alacConfig(source: Source, inEntry: readonly BoxPlace[]): Promise<StreamFacts> {
  const cookie = (await boxAt(source, inEntry, 'alac')) ?? (await boxAt(source, inEntry, 'wave', 'alac'));
  const bytes = cookie ? await source.read(cookie.bodyAt + 4, 24) : Buffer.alloc(0);
  if (bytes.length < 24) return {};
  return {
    bitDepth: bytes[5],
    channels: bytes[9],
    bitrate: bytes.readUInt32BE(16) || undefined,
    sampleRate: bytes.readUInt32BE(20),
  };
}

async function aacConfig(source: Source, inEntry: readonly BoxPlace[]): Promise<StreamFacts> {
  const esds = (await boxAt(source, inEntry, 'esds')) ?? (await boxAt(source, inEntry, 'wave', 'esds'));
  return esds ? audioConfig(await source.read(esds.bodyAt, Math.min(esds.end - esds.bodyAt, 256))) : {};
}
