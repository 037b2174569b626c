import { type MpegFrame, mpegFrame, statedLength } from '../../../analysis/audio';
import { eachPiece, type Source } from '../../safe-files';
import { type FrameKind, findFirstFrame, frameAt } from '../mpeg';
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
  const { sampleRate, channels } = frameAt(head, 0, kind)!;
  const length = range.offset + range.length - offset;
  const facts = { sampleRate, channels };
  const mpeg = kind === 'mp3' ? mpegFrame(head, 0) : undefined;
  const stated = mpeg && statedSamples(head, mpeg, length);
  if (stated) return { ...facts, seconds: stated / sampleRate, bitrate: (length * 8 * sampleRate) / stated };
  const constant = mpeg && (await constantBitrate(source, { offset, length }, mpeg));
  if (constant) return { ...facts, bitrate: constant, seconds: (length * 8) / constant };
  const counted = await countFrames(source, { offset, length }, kind);
  const seconds = (counted.seconds * length) / Math.max(1, counted.bytes);
  const isEstimate = counted.bytes < length || undefined;
  return { ...facts, seconds, isEstimate, bitrate: seconds > 0 ? (length * 8) / seconds : undefined };
}

/** Samples by a header in the first frame; undefined where there is none, or where it speaks of another size. */
function statedSamples(head: Buffer, frame: MpegFrame, length: number): number | undefined {
  const stated = statedLength(head, frame);
  if (!stated || stated.samples === 0) return undefined;
  const isFitting = stated.bytes === 0 || Math.abs(stated.bytes - length) <= Math.max(8192, TOLERANCE * length);
  return isFitting ? stated.samples : undefined;
}

/** The bitrate of all frames, looked at in a few places; undefined where they differ. */
async function constantBitrate(source: Source, range: AudioRange, first: MpegFrame): Promise<number | undefined> {
  for (let place = 0; place < PLACES; place++) {
    const at = range.offset + Math.floor((range.length * place) / PLACES);
    const part = { offset: at, length: Math.min(PLACE_BYTES, range.offset + range.length - at) };
    const found = await findFirstFrame(source, part);
    if (!found) continue;
    const bytes = await source.read(found.offset, PLACE_BYTES);
    for (let next = 0, frame = mpegFrame(bytes, 0); frame; frame = mpegFrame(bytes, next)) {
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
