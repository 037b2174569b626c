import { findFrames, mpegFrame, mpegFrameLength, statedLength } from '../source';
import { type CodecInput, type DecodedBlock, decodeSegments, type FrameKind, wholeFrames } from './codec';

/**
 * MPEG audio by mpg123, which takes the encoder's delay and padding out where a LAME tag names them. It is given whole
 * frames of one kind only; where the kind changes, as in recordings put one behind the other, another decoder goes on.
 */
export async function* decodeMp3({ source, start, head, damage }: CodecInput): AsyncGenerator<DecodedBlock> {
  const { decoder } = await import('@audio/decode-mp3');
  const at = Math.max(0, findFrames(head, mpegFrameLength));
  const first = mpegFrame(head, at);
  const stated = first && statedLength(head.subarray(at), first);
  if (stated && stated.samples > 0) damage.expectedS = stated.samples / first.sampleRate;
  const frames = wholeFrames(source.chunks(start + at), readFrame, damage);
  for await (const { channels, sampleRate, kind } of decodeSegments(frames, decoder)) {
    // mpg123 is built to give two channels always; a mono file's are the same twice.
    yield { sampleRate, channels: kind & IS_MONO ? channels.slice(0, 1) : channels };
  }
}

const IS_MONO = 1;

/** What all frames of a segment share: version, layer, sample rate, and whether there is one channel. */
function readFrame(bytes: Uint8Array, at: number): FrameKind | undefined {
  const frame = mpegFrame(bytes, at);
  if (!frame) return undefined;
  const kind = ((bytes[at + 1] & 0xfe) << 8) | (bytes[at + 2] & 0x0c) | (frame.channels === 1 ? IS_MONO : 0);
  return { length: frame.length, kind };
}
