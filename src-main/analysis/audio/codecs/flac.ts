import { AppError } from '../../../rpc';
import type { CodecInput, DecodedBlock } from './codec';
import { crc16, flacHeaderLength } from './flac-frame';
import { decodePieces } from './wasm';

const MAX_METADATA_BLOCKS = 1000;
const STREAMINFO_BYTES = 34;
/** Frames of digital silence are a few bytes long and thousands of samples: this bounds what one piece becomes. */
const MAX_FRAMES_A_PIECE = 64;
/** A file made to look as if frames began everywhere would take for ever. */
const MAX_FALSE_STARTS = 200;

/**
 * FLAC by libFLAC. It is given the stream's description and then whole frames whose checksums are right: damaged ones
 * are left out here, since the decoder would not find its way back.
 */
export async function* decodeFlac(input: CodecInput): AsyncGenerator<DecodedBlock> {
  const { decoder } = await import('@audio/decode-flac');
  const { description, firstFrame, samples } = await readMetadata(input);
  let given = 0;
  const pieces = async function* (): AsyncGenerator<Uint8Array> {
    yield description;
    const cutting = { longest: longestFrame(description), damage: input.damage, falseStarts: 0 };
    yield* flacFrames(input.source.chunks(firstFrame), cutting);
  };
  for await (const block of decodePieces(await decoder(), pieces())) {
    given += block.channels[0].length;
    yield block;
  }
  if (given < samples) input.damage.isTruncated = true;
}

/** Steps over pictures and tags without reading them. */
async function readMetadata({ source, start }: CodecInput) {
  const description = new Uint8Array(8 + STREAMINFO_BYTES);
  let at = start + 4;
  for (let blocks = 0; blocks < MAX_METADATA_BLOCKS; blocks++) {
    const header = await source.read(at, 4);
    if (header.length < 4) break;
    const length = (header[1] << 16) | (header[2] << 8) | header[3];
    if (blocks === 0) {
      if ((header[0] & 0x7f) !== 0 || length < STREAMINFO_BYTES) break;
      description.set([0x66, 0x4c, 0x61, 0x43, 0x80, 0, 0, STREAMINFO_BYTES]);
      description.set(await source.read(at + 4, STREAMINFO_BYTES), 8);
    }
    at += 4 + length;
    if (header[0] & 0x80) return { description, firstFrame: at, samples: totalSamples(description) };
  }
  throw new AppError('unreadable_audio', 'The beginning of this FLAC file is damaged.');
}

const totalSamples = (description: Uint8Array): number =>
  (description[21] & 15) * 2 ** 32 + new DataView(description.buffer).getUint32(22);

/** No frame is longer than its samples as they are; the difference of two channels takes one bit more. */
function longestFrame(description: Uint8Array): number {
  const blockSize = (description[10] << 8) | description[11];
  const channels = ((description[20] >> 1) & 7) + 1;
  const bits = (((description[20] & 1) << 4) | (description[21] >> 4)) + 1;
  return 64 + channels * Math.ceil((blockSize * (bits + 1)) / 8 + 8);
}

interface Cutting {
  readonly longest: number;
  readonly damage: CodecInput['damage'];
  /** Headers since the last whole frame that no frame belonged to. */
  falseStarts: number;
}

/** Runs of whole frames with right checksums, until there is nothing but damage. */
async function* flacFrames(chunks: AsyncIterable<Uint8Array>, cutting: Cutting): AsyncGenerator<Uint8Array> {
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
  if (flacHeaderLength(pending, cut.rest) > 0) cutting.damage.isTruncated = true;
}

function cutFrames(bytes: Uint8Array, isEnd: boolean, cutting: Cutting) {
  const runs: Uint8Array[] = [];
  let start = nextHeader(bytes, 0);
  let from = start;
  let frames = 0;
  const close = (): void => {
    if (start > from) runs.push(bytes.subarray(from, start));
    from = start;
    frames = 0;
  };
  while (start < bytes.length && cutting.falseStarts <= MAX_FALSE_STARTS) {
    const end = frameEnd(bytes, start, isEnd, cutting.longest);
    if (end > 0) {
      cutting.falseStarts = 0;
      start = end;
      if (++frames === MAX_FRAMES_A_PIECE) close();
      continue;
    }
    close();
    const next = nextHeader(bytes, start + 1);
    if (isEnd ? next >= bytes.length : bytes.length - start <= cutting.longest) break;
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
function frameEnd(bytes: Uint8Array, start: number, isEnd: boolean, longest: number): number {
  const header = flacHeaderLength(bytes, start);
  if (header <= 0) return 0;
  let checked = start;
  let crc = 0;
  for (let at = bytes.indexOf(0xff, start + header + 2); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    if (at > start + longest) return 0;
    if (flacHeaderLength(bytes, at) <= 0) continue;
    crc = crc16(bytes, checked, at, crc);
    checked = at;
    if (crc === 0) return at;
  }
  if (!isEnd || bytes.length - start > longest) return 0;
  return crc16(bytes, checked, bytes.length, crc) === 0 ? bytes.length : 0;
}
