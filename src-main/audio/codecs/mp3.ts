import { mpegFrame } from '../container';
import type { CodecInput, DecodedBlock } from './codec';
import { decodePieces } from './wasm';

/** MPEG audio by mpg123, which takes the encoder's delay and padding out where a LAME tag names them. */
export async function* decodeMp3({ source, start, head }: CodecInput): AsyncGenerator<DecodedBlock> {
  const { decoder } = await import('@audio/decode-mp3');
  let at = 0;
  while (at < head.length && !mpegFrame(head, at)) at++;
  // mpg123 is built to give two channels always; a mono file's are the same twice.
  const isMono = mpegFrame(head, at)?.channels === 1;
  for await (const block of decodePieces(await decoder(), source.chunks(start))) {
    yield isMono ? { ...block, channels: block.channels.slice(0, 1) } : block;
  }
}
