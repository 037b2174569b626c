import { AAC_RATES, adtsFrameLength, findFrames } from '../source';
import { type CodecInput, type DecodedBlock, decodeSegments, type FrameKind, wholeFrames } from './codec';
import { aacLayout, silence } from './mp4';

/** FAAD2 keeps the first frame to itself; 2048 samples when it doubles the rate (SBR). */
const FRAME = 1024;

/** AAC in ADTS frames, by FAAD2; another decoder goes on where rate or channels change. */
export async function* decodeAdts({ source, start, head, damage }: CodecInput): AsyncGenerator<DecodedBlock> {
  const { decoder } = await import('@audio/decode-aac');
  const at = Math.max(0, findFrames(head, adtsFrameLength));
  const frames = wholeFrames(source.chunks(start + at), readFrame, damage);
  for await (const segment of decodeSegments(frames, decoder)) {
    const { channels, sampleRate, kind, isFirst } = segment;
    const layout = aacLayout(kind & 7, channels.length);
    const block = { channels, sampleRate, layout };
    if (isFirst) yield silence(block, sampleRate > AAC_RATES[(kind >> 3) & 15] ? 2 * FRAME : FRAME);
    yield block;
  }
}

/** What all frames of a segment share: profile, rate, channels. */
function readFrame(bytes: Uint8Array, at: number): FrameKind | undefined {
  const length = adtsFrameLength(bytes, at);
  if (length === 0) return undefined;
  const channels = ((bytes[at + 2] & 1) << 2) | (bytes[at + 3] >> 6);
  return { length, kind: ((bytes[at + 2] >> 6) << 7) | (((bytes[at + 2] >> 2) & 15) << 3) | channels };
}
