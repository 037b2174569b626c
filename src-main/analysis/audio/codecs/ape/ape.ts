import type { CodecInput, DecodedBlock } from '../codec';
import { type ApeFrame, createFrameDecoder } from './ape-frame';
import { type ApeHeader, readApeHeader } from './ape-header';

const SAMPLES_A_BLOCK = 16_384;

/**
 * Monkey's Audio 3.95 to 3.99, all compression levels, 8 to 24 bits, mono and stereo; a frame at a time. Frames whose
 * checksums are wrong are left out; one that the end of the file cuts off is decoded as far as it goes.
 *
 * Written afresh after the format as its SDK (Matthew T. Ashland, BSD licence) and the MultimediaWiki describe it.
 */
export async function* decodeApe(input: CodecInput): AsyncGenerator<DecodedBlock> {
  const header = readApeHeader(input);
  const decoder = createFrameDecoder(header);
  for await (const frame of readFrames(input, header)) {
    const count = decoder.decode(frame);
    if (count < frame.blocks) input.damage.isTruncated = true;
    for (let from = 0; from < count; from += SAMPLES_A_BLOCK) {
      const to = Math.min(count, from + SAMPLES_A_BLOCK);
      const channels = decoder.channels.map((channel) => scaled(channel.subarray(from, to), header.bits));
      yield { channels, sampleRate: header.sampleRate };
    }
  }
}

function scaled(samples: Int32Array, bits: number): Float32Array {
  const scale = 2 ** (1 - bits);
  const out = new Float32Array(samples.length);
  for (let i = 0; i < out.length; i++) out[i] = samples[i] * scale;
  return out;
}

/** No encoder makes a frame larger than its samples are; a seek table that says so is not believed. */
const MAX_EXPANSION = 2;
const SPARE_BYTES = 64;
/** A seek table full of nonsense would take for ever. */
const MAX_MISPLACED = 100;

/**
 * One after the other, as the seek table has them; those that lie nowhere in the file, or not in turn, are left out.
 */
async function* readFrames({ source, start, damage }: CodecInput, header: ApeHeader): AsyncGenerator<ApeFrame> {
  const { frames, blocksPerFrame, lastFrameBlocks, channels, bits } = header;
  const positionOf = async (frame: number): Promise<number> => {
    const entry = await source.read(header.seekTable + 4 * frame, 4);
    if (entry.length < 4) return Number.POSITIVE_INFINITY;
    return start + new DataView(entry.buffer, entry.byteOffset).getUint32(0, true);
  };
  const origin = await positionOf(0);
  let last = origin - 1;
  for (let i = 0, from = origin, to = origin, misplaced = 0; i < frames; i++, from = to) {
    const blocks = i + 1 < frames ? blocksPerFrame : lastFrameBlocks;
    to = i + 1 < frames ? await positionOf(i + 1) : header.framesEnd;
    if (from <= last || from >= source.size) {
      damage.isTruncated = true;
      if (++misplaced > MAX_MISPLACED) return;
      continue;
    }
    last = from;
    const longest = (MAX_EXPANSION * blocks * channels * bits) / 8 + SPARE_BYTES;
    const length = to > from ? Math.min(to - from + SPARE_BYTES, longest) : longest;
    const at = (from - origin) % WORD_BYTES;
    const bytes = inOrder(await source.read(from - at, length));
    yield { bytes, at, blocks, isCutOff: to > source.size && from - at + length > source.size };
  }
}

const WORD_BYTES = 4;

/** The file has words of four bytes, the last one first. */
function inOrder(words: Uint8Array): Uint8Array {
  const whole = words.length - (words.length % WORD_BYTES);
  return Buffer.from(words.buffer, words.byteOffset, whole).swap32();
}
