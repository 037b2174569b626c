import type { Damage } from '../codec';
import {
  crc16,
  type FlacFormat,
  type FrameFormat,
  flacHeaderLength,
  longestFlacFrame,
  readFlacFrame,
} from './flac-frame';

/** Whole frames of one format with right checksums, one after the other. */
export interface FlacRun {
  readonly format: FrameFormat;
  readonly bytes: Uint8Array;
  /** Where in `bytes` each frame ends. */
  readonly ends: readonly number[];
  /** How many samples of each channel they hold. */
  readonly samples: number;
}

/** Frames of digital silence are a few bytes long and thousands of samples: this bounds what one piece becomes. */
const MAX_FRAMES_A_RUN = 64;
/** A file made to look as if frames began everywhere would take for ever. */
const MAX_FALSE_STARTS = 200;

interface Cutting {
  readonly stream: FlacFormat;
  readonly damage: Damage;
  /** Headers since the last whole frame that no frame belonged to. */
  falseStarts: number;
}

/** Cuts a stream into runs of whole frames, until there is nothing but damage. */
export async function* cutFlacFrames(
  chunks: AsyncIterable<Uint8Array>,
  stream: FlacFormat,
  damage: Damage,
): AsyncGenerator<FlacRun> {
  const cutting: Cutting = { stream, damage, falseStarts: 0 };
  let pending = new Uint8Array(0);
  for await (const chunk of chunks) {
    const bytes = new Uint8Array(pending.length + chunk.length);
    bytes.set(pending);
    bytes.set(chunk, pending.length);
    const cut = cutFrames(bytes, false, cutting);
    yield* cut.runs;
    if (cutting.falseStarts > MAX_FALSE_STARTS) return;
    pending = bytes.slice(cut.rest);
  }
  const cut = cutFrames(pending, true, cutting);
  yield* cut.runs;
  if (flacHeaderLength(pending, cut.rest) > 0) damage.isTruncated = true;
}

export const isSameFormat = (a: FrameFormat, b: FrameFormat): boolean =>
  a.sampleRate === b.sampleRate && a.channels === b.channels && a.bits === b.bits && a.isExplicit === b.isExplicit;

function cutFrames(bytes: Uint8Array, isEnd: boolean, cutting: Cutting) {
  const runs: FlacRun[] = [];
  let start = nextHeader(bytes, 0);
  let from = start;
  let ends: number[] = [];
  let samples = 0;
  let format: FrameFormat = { ...cutting.stream, isExplicit: true };
  const close = (): void => {
    if (start > from) runs.push({ format, ends, samples, bytes: bytes.subarray(from, start) });
    from = start;
    ends = [];
    samples = 0;
  };
  while (start < bytes.length && cutting.falseStarts <= MAX_FALSE_STARTS) {
    const frame = readFlacFrame(bytes, start, cutting.stream);
    const longest = frame ? longestFlacFrame(frame) : 0;
    const end = frame ? frameEnd(bytes, start, start + frame.headerBytes, { isEnd, longest }) : 0;
    if (frame && end > 0) {
      if (!isSameFormat(frame, format) || ends.length === MAX_FRAMES_A_RUN) close();
      format = frame;
      cutting.falseStarts = 0;
      start = end;
      ends.push(end - from);
      samples += frame.blockSize;
      continue;
    }
    close();
    const next = nextHeader(bytes, start + 1);
    if (isEnd ? next >= bytes.length : bytes.length - start <= longest || !frame) break;
    cutting.damage.isTruncated = true;
    cutting.falseStarts++;
    start = next;
    from = start;
  }
  close();
  return { runs, rest: start };
}

/** Where a frame header begins at or after `at`; near the end, where one might begin; else the end. */
function nextHeader(bytes: Uint8Array, at: number): number {
  for (let i = bytes.indexOf(0xff, at); i >= 0; i = bytes.indexOf(0xff, i + 1)) {
    if (flacHeaderLength(bytes, i) !== 0) return i;
  }
  return bytes.length;
}

/** End of the frame at `start`, proven by its checksum; 0 when there is none, or not yet. */
function frameEnd(
  bytes: Uint8Array,
  start: number,
  body: number,
  { isEnd, longest }: { isEnd: boolean; longest: number },
): number {
  let checked = start;
  let crc = 0;
  for (let at = bytes.indexOf(0xff, body + 2); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    if (at > start + longest) return 0;
    if (flacHeaderLength(bytes, at) <= 0) continue;
    crc = crc16(bytes, checked, at, crc);
    checked = at;
    if (crc === 0) return at;
  }
  if (!isEnd || bytes.length - start > longest) return 0;
  return crc16(bytes, checked, bytes.length, crc) === 0 ? bytes.length : 0;
}
