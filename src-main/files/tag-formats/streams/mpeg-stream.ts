import { eachPiece, type Source } from '../../safe-files';
import { type FrameFacts, type FrameKind, findFirstFrame, frameAt } from '../mpeg';
import type { AudioRange, StreamFacts } from './stream-facts';

/** So much is read to count frames; of longer files the rest is taken to be like it. */
const MAX_READ = 24 * 1024 * 1024;
const PLACES = 6;
const PLACE_BYTES = 8 * 1024;
/** How far what a header says of the size may be from what is there. */
const TOLERANCE = 0.03;

/**
 * Rate, channels and length of MPEG audio or ADTS. The length is what a Xing, LAME or VBRI header says, if it fits the
 * size of the file; with one bitrate throughout it follows from the size; else the frames are counted.
 */
export async function mpegStream(source: Source, range: AudioRange): Promise<StreamFacts | undefined> {
  const first = await findFirstFrame(source, range);
  if (!first) return undefined;
  const { kind, offset } = first;
  const head = await source.read(offset, 4096);
  const frame = frameAt(head, 0, kind)!;
  const { sampleRate, channels } = frame;
  const length = range.offset + range.length - offset;
  const samples = kind === 'mp3' ? lengthFromHeader(head, frame, length) : undefined;
  const facts = { sampleRate, channels };
  if (samples) return { ...facts, seconds: samples / sampleRate, bitrate: (length * 8 * sampleRate) / samples };
  const constant = kind === 'mp3' ? await constantBitrate(source, { offset, length }, frame) : undefined;
  if (constant) return { ...facts, bitrate: constant, seconds: (length * 8) / constant };
  const counted = await countFrames(source, { offset, length }, kind);
  const seconds = (counted.seconds * length) / Math.max(1, counted.bytes);
  const isEstimate = counted.bytes < length || undefined;
  return { ...facts, seconds, isEstimate, bitrate: seconds > 0 ? (length * 8) / seconds : undefined };
}

/** Samples by a header in the first frame; undefined where there is none, or where it speaks of another size. */
function lengthFromHeader(head: Buffer, frame: FrameFacts, length: number): number | undefined {
  const vbri = 4 + 32;
  if (head.toString('latin1', vbri, vbri + 4) === 'VBRI') {
    return fitting(head.readUInt32BE(vbri + 14) * frame.samples, head.readUInt32BE(vbri + 10), length);
  }
  const at = frame.sideInfoEnd;
  if (!/^(Xing|Info)$/.test(head.toString('latin1', at, at + 4))) return undefined;
  const flags = head.readUInt32BE(at + 4);
  if (!(flags & 1)) return undefined;
  const bytes = flags & 2 ? head.readUInt32BE(at + 12) : 0;
  const encoder = at + 8 + 4 + (flags & 2 ? 4 : 0) + (flags & 4 ? 100 : 0) + (flags & 8 ? 4 : 0);
  const isLame = /^(LAME|Lavc|Lavf|L3\.9)/.test(head.toString('latin1', encoder, encoder + 4));
  const skipped = isLame ? head.readUIntBE(encoder + 21, 3) : 0;
  const samples = head.readUInt32BE(at + 8) * frame.samples;
  const played = samples - (skipped >> 12) - (skipped & 0xfff);
  return fitting(played > 0 ? played : samples, bytes, length);
}

function fitting(samples: number, stated: number, length: number): number | undefined {
  if (samples <= 0) return undefined;
  return stated === 0 || Math.abs(stated - length) <= Math.max(8192, TOLERANCE * length) ? samples : undefined;
}

/** The bitrate of all frames, looked at in a few places; undefined where they differ. */
async function constantBitrate(source: Source, range: AudioRange, first: FrameFacts): Promise<number | undefined> {
  for (let place = 0; place < PLACES; place++) {
    const at = range.offset + Math.floor((range.length * place) / PLACES);
    const part = { offset: at, length: Math.min(PLACE_BYTES, range.offset + range.length - at) };
    const found = await findFirstFrame(source, part);
    if (!found) continue;
    const bytes = await source.read(found.offset, PLACE_BYTES);
    for (let next = 0, frame = frameAt(bytes, 0, 'mp3'); frame; frame = frameAt(bytes, next, 'mp3')) {
      if (frame.bitrate !== first.bitrate || frame.sampleRate !== first.sampleRate) return undefined;
      next += frame.length;
    }
  }
  return first.bitrate;
}

/** The seconds of the frames that follow each other; what lies between is searched for the next. */
async function countFrames(source: Source, { offset, length }: AudioRange, kind: FrameKind) {
  const read = Math.min(length, MAX_READ);
  let seconds = 0;
  let rest = Buffer.alloc(0);
  await eachPiece(source, { offset, length: read }, (piece) => {
    const bytes = rest.length > 0 ? Buffer.concat([rest, piece]) : piece;
    let at = 0;
    while (at + 7 <= bytes.length) {
      const frame = frameAt(bytes, at, kind);
      if (frame && at + frame.length > bytes.length) break;
      if (frame) seconds += frame.samples / frame.sampleRate;
      const next = frame ? at + frame.length : bytes.indexOf(0xff, at + 1);
      at = next < 0 ? bytes.length : next;
    }
    rest = Buffer.from(bytes.subarray(at));
  });
  return { seconds, bytes: read };
}
