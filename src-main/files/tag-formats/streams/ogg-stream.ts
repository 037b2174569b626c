import type { Source } from '../../safe-files';
import { FIRST, type OggPage, readPage } from '../xiph';
import { streamInfo } from './lossless-streams';
import type { StreamFacts } from './stream-facts';

const TAIL = 65_536 + 282; // the longest page, and one header

interface OggAudio extends StreamFacts {
  readonly serial: number;
  /** Positions of this rate are counted in pages. */
  readonly clock: number;
  /** Samples that are decoded and not played. */
  readonly skipped: number;
}

/**
 * By the identification of the first audio stream and the position of its last page; where others stand behind it or
 * between, by the pages of all.
 */
export async function oggStream(source: Source): Promise<StreamFacts | undefined> {
  const first = await streamsAt(source, 0);
  const audio = first?.audio;
  if (!audio) return undefined;
  const last = await lastPage(source);
  const { clock, skipped, serial, ...facts } = audio;
  if (last && last.serial === serial) {
    return { ...facts, seconds: clock ? Math.max(0, last.position - skipped) / clock : undefined };
  }
  return { ...facts, seconds: await lengthOfAll(source) };
}

/** The streams that begin at a place, and where their first pages end. */
async function streamsAt(source: Source, start: number) {
  let audio: OggAudio | undefined;
  let at = start;
  for (let page = await readPage(source, at); page && page.flags & FIRST; page = await readPage(source, at)) {
    audio ??= await audioOf(source, page);
    at = page.end;
  }
  return at === start ? undefined : { audio, end: at };
}

async function audioOf(source: Source, page: OggPage): Promise<OggAudio | undefined> {
  const bytes = await source.read(page.bodyAt, Math.min(page.bodyLength, 80));
  const head = bytes.toString('latin1', 0, 8);
  const { serial } = page;
  if (head.startsWith('\x01vorbis') && bytes.length >= 28) {
    const sampleRate = bytes.readUInt32LE(12);
    const nominal = bytes.readInt32LE(20);
    return { serial, sampleRate, clock: sampleRate, skipped: 0, channels: bytes[11], ...bitrateOf(nominal) };
  }
  if (head === 'OpusHead' && bytes.length >= 19) {
    const skipped = bytes.readUInt16LE(10);
    return { serial, sampleRate: 48_000, clock: 48_000, skipped, channels: bytes[9] };
  }
  if (head === 'Speex   ' && bytes.length >= 72) {
    const sampleRate = bytes.readUInt32LE(36);
    const channels = bytes.readUInt32LE(48);
    return { serial, sampleRate, clock: sampleRate, skipped: 0, channels, ...bitrateOf(bytes.readInt32LE(52)) };
  }
  if (!head.startsWith('\x7fFLAC')) return undefined;
  const facts = await streamInfo(source, page.bodyAt + 17);
  return facts && { ...facts, serial, clock: facts.sampleRate ?? 0, skipped: 0 };
}

const bitrateOf = (nominal: number) => (nominal > 0 ? { bitrate: nominal } : {});

async function lastPage(source: Source): Promise<{ serial: number; position: number } | undefined> {
  const tailAt = Math.max(0, source.size - TAIL);
  const tail = await source.read(tailAt, TAIL);
  for (let at = tail.lastIndexOf('OggS'); at >= 0; at = at > 0 ? tail.lastIndexOf('OggS', at - 1) : -1) {
    if (at + 18 > tail.length) continue;
    const position = tail.readBigInt64LE(at + 6);
    // No packet ends on a page of −1.
    if (position >= 0n) return { serial: tail.readUInt32LE(at + 14), position: Number(position) };
  }
  return undefined;
}

/** Seconds of streams one behind the other, of which each may stand beside others: the first of sound counts. */
async function lengthOfAll(source: Source): Promise<number | undefined> {
  let seconds = 0;
  let at = 0;
  for (let link = await streamsAt(source, at); link; link = await streamsAt(source, at)) {
    let position = 0;
    at = link.end;
    for (let page = await readPage(source, at); page && !(page.flags & FIRST); page = await readPage(source, at)) {
      if (page.serial === link.audio?.serial && page.granule > 0n) position = Number(page.granule);
      at = page.end;
    }
    const { clock = 0, skipped = 0 } = link.audio ?? {};
    if (clock) seconds += Math.max(0, position - skipped) / clock;
  }
  return seconds || undefined;
}
