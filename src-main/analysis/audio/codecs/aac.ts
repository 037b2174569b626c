import { adtsFrameLength, findFrames } from '../source';
import type { CodecInput, DecodedBlock } from './codec';
import { readMovieBox } from './mp4-boxes';
import { hasNoSamples, readSamples } from './mp4-samples';
import { audioTrackOf } from './mp4-track';
import { blockOf, decodePieces } from './wasm';
import { wholeFrames } from './whole-frames';

/** FAAD2 keeps the first frame to itself; 2048 samples when it doubles the rate (SBR). */
const FRAME = 1024;
const ADTS_RATES = [96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8000, 7350];

/**
 * AAC and ALAC in MP4, by FAAD2 and a decoder in JavaScript. The samples are read where the index says they are, so
 * that an index at the end of the file costs nothing; priming and padding are left out as edit list or iTunes tag say.
 */
export async function* decodeM4a(input: CodecInput): AsyncGenerator<DecodedBlock> {
  const track = audioTrackOf(await readMovieBox(input.source, input.start));
  const { asc, alac } = track;
  const { decoder, gapless } = await import('@audio/decode-aac');
  const window = gapless({ ...track.timing, asc, alac }) ?? undefined;
  if ((!asc && !alac) || hasNoSamples(track.stbl)) {
    yield* decodeOtherMp4(input, asc && !window ? FRAME : 0);
    return;
  }
  const aac = await decoder({ asc, alac, gapless: window });
  let isFirst = !!asc && !window;
  try {
    const samples = readSamples(input.source, track.stbl, () => {
      input.damage.isTruncated = true;
    });
    for await (const frames of samples) {
      // One damaged frame of ALAC throws and would take its neighbours with it.
      for (const some of alac ? frames.map((frame) => [frame]) : [frames]) {
        const block = tryDecode(() => aac.decode(some), input);
        if (!block) continue;
        if (isFirst) yield silence(block, FRAME);
        isFirst = false;
        yield block;
      }
    }
  } finally {
    aac.free();
  }
}

function tryDecode(decode: () => Parameters<typeof blockOf>[0], { damage }: CodecInput): DecodedBlock | undefined {
  try {
    return blockOf(decode());
  } catch {
    damage.isTruncated = true;
    return undefined;
  }
}

/** What else MP4 may hold (FLAC, Opus, MP3, AC-3, fragments), for a file whose index comes before its sound. */
async function* decodeOtherMp4({ source, start }: CodecInput, withheld: number): AsyncGenerator<DecodedBlock> {
  const { decoder } = await import('@audio/decode-mp4');
  let isFirst = withheld > 0;
  for await (const block of decodePieces(await decoder(), source.chunks(start))) {
    if (isFirst) yield silence(block, withheld);
    isFirst = false;
    yield block;
  }
}

/** AAC in ADTS frames, by FAAD2. */
export async function* decodeAdts({ source, start, head, damage }: CodecInput): AsyncGenerator<DecodedBlock> {
  const { decoder } = await import('@audio/decode-aac');
  const at = Math.max(0, findFrames(head, adtsFrameLength));
  const coreRate = ADTS_RATES[(head[at + 2] >> 2) & 15];
  const frames = wholeFrames(source.chunks(start + at), adtsFrameLength, damage);
  let isFirst = true;
  for await (const block of decodePieces(await decoder(), frames)) {
    if (isFirst) yield silence(block, block.sampleRate > coreRate ? 2 * FRAME : FRAME);
    isFirst = false;
    yield block;
  }
}

const silence = ({ channels, sampleRate }: DecodedBlock, length: number): DecodedBlock => ({
  sampleRate,
  channels: channels.map(() => new Float32Array(length)),
});
