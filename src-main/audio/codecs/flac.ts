import { AppError } from '../../errors';
import type { CodecInput, DecodedBlock } from './codec';
import { crc16, FLAC_MAX_FRAME_BYTES, flacHeaderLength } from './flac-frame';
import { decodePieces } from './wasm';

const MAX_METADATA_BLOCKS = 1000;
const STREAMINFO_BYTES = 34;
/** Frames of digital silence are a few bytes long and thousands of samples: this bounds what one piece becomes. */
const MAX_FRAMES_A_PIECE = 64;

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
    yield* flacFrames(input.source.chunks(firstFrame), input.damage);
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

/** Runs of whole frames with right checksums. */
export async function* flacFrames(
  chunks: AsyncIterable<Uint8Array>,
  damage: CodecInput['damage'],
): AsyncGenerator<Uint8Array> {
  let pending = new Uint8Array(0);
  for await (const chunk of chunks) {
    const bytes = new Uint8Array(pending.length + chunk.length);
    bytes.set(pending);
    bytes.set(chunk, pending.length);
    const cut = cutFrames(bytes, false, damage);
    yield* cut.runs;
    pending = bytes.slice(cut.rest);
  }
  const cut = cutFrames(pending, true, damage);
  yield* cut.runs;
  if (cut.rest < pending.length && flacHeaderLength(pending, cut.rest) > 0) damage.isTruncated = true;
}

function cutFrames(bytes: Uint8Array, isEnd: boolean, damage: CodecInput['damage']) {
  const runs: Uint8Array[] = [];
  let start = nextHeader(bytes, 0);
  let from = start;
  let frames = 0;
  const close = (): void => {
    if (start > from) runs.push(bytes.subarray(from, start));
    frames = 0;
  };
  while (start < bytes.length) {
    const end = frameEnd(bytes, start, isEnd);
    if (end > 0) {
      start = end;
      if (++frames < MAX_FRAMES_A_PIECE) continue;
      close();
      from = start;
    } else if (end === 0 && bytes.length - start < FLAC_MAX_FRAME_BYTES && !isEnd) {
      break;
    } else {
      close();
      const next = nextHeader(bytes, start + 1);
      if (isEnd && next >= bytes.length) return { runs, rest: start };
      damage.isTruncated = true;
      start = next;
      from = start;
    }
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

/** End of the frame at `start`, proven by its checksum; 0 when the bytes do not suffice to tell. */
function frameEnd(bytes: Uint8Array, start: number, isEnd: boolean): number {
  const header = flacHeaderLength(bytes, start);
  if (header <= 0) return 0;
  let checked = start;
  let crc = 0;
  for (let at = bytes.indexOf(0xff, start + header + 2); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    if (flacHeaderLength(bytes, at) <= 0) continue;
    crc = crc16(bytes, checked, at, crc);
    checked = at;
    if (crc === 0) return at;
  }
  return isEnd && crc16(bytes, checked, bytes.length, crc) === 0 ? bytes.length : 0;
}
