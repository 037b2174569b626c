import { findFrames, mpegFrame } from '../source';
import type { CodecInput, DecodedBlock } from './codec';
import { decodePieces } from './wasm';
import { wholeFrames } from './whole-frames';

/**
 * MPEG audio by mpg123, which takes the encoder's delay and padding out where a LAME tag names them. It is given whole
 * frames of one kind only.
 */
export async function* decodeMp3({ source, start, head, damage }: CodecInput): AsyncGenerator<DecodedBlock> {
  const { decoder } = await import('@audio/decode-mp3');
  const at = Math.max(
    0,
    findFrames(head, (bytes, position) => mpegFrame(bytes, position)?.length ?? 0),
  );
  const kind = kindOf(head, at);
  const frameLength = (bytes: Uint8Array, position: number): number =>
    kindOf(bytes, position) === kind ? (mpegFrame(bytes, position)?.length ?? 0) : 0;
  // mpg123 is built to give two channels always; a mono file's are the same twice.
  const isMono = mpegFrame(head, at)?.channels === 1;
  const frames = wholeFrames(source.chunks(start + at), frameLength, damage);
  for await (const block of decodePieces(await decoder(), frames)) {
    yield isMono ? { ...block, channels: block.channels.slice(0, 1) } : block;
  }
}

/** What all frames of a file share: version, layer and sample rate. */
const kindOf = (bytes: Uint8Array, at: number): number => ((bytes[at + 1] & 0xfe) << 8) | (bytes[at + 2] & 0x0c);
