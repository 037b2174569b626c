import { findFrames, mpegFrame } from '../container';
import type { CodecInput, DecodedBlock } from './codec';
import { decodePieces } from './wasm';

/**
 * MPEG audio by mpg123, which takes the encoder's delay and padding out where a LAME tag names them. It is given whole
 * frames of one kind only: tags, garbage and damage between them are passed over here.
 */
export async function* decodeMp3(input: CodecInput): AsyncGenerator<DecodedBlock> {
  const { source, start, head } = input;
  const { decoder } = await import('@audio/decode-mp3');
  const at = Math.max(
    0,
    findFrames(head, (bytes, position) => mpegFrame(bytes, position)?.length ?? 0),
  );
  // mpg123 is built to give two channels always; a mono file's are the same twice.
  const isMono = mpegFrame(head, at)?.channels === 1;
  const frames = mpegFrames(source.chunks(start + at), kindOf(head, at), input.damage);
  for await (const block of decodePieces(await decoder(), frames)) {
    yield isMono ? { ...block, channels: block.channels.slice(0, 1) } : block;
  }
}

/** What all frames of a file share: version, layer and sample rate. */
const kindOf = (bytes: Uint8Array, at: number): number => ((bytes[at + 1] & 0xfe) << 8) | (bytes[at + 2] & 0x0c);

/** Runs of whole frames; after damage, only what another frame follows upon counts as a frame. */
async function* mpegFrames(
  chunks: AsyncIterable<Uint8Array>,
  kind: number,
  damage: CodecInput['damage'],
): AsyncGenerator<Uint8Array> {
  let pending = new Uint8Array(0);
  let isInStep = true;
  const frameAt = (bytes: Uint8Array, at: number): number =>
    kindOf(bytes, at) === kind ? (mpegFrame(bytes, at)?.length ?? 0) : 0;

  for await (const chunk of chunks) {
    const bytes = new Uint8Array(pending.length + chunk.length);
    bytes.set(pending);
    bytes.set(chunk, pending.length);
    let at = 0;
    let from = 0;
    while (at + 4 <= bytes.length) {
      const length = frameAt(bytes, at);
      const next = at + length;
      if (length > 0 && next + 4 > bytes.length && (next > bytes.length || !isInStep)) break;
      if (length > 0 && (isInStep || frameAt(bytes, next) > 0)) {
        isInStep = true;
        at = next;
        continue;
      }
      if (at > from) yield bytes.subarray(from, at);
      isInStep = false;
      const sync = bytes.indexOf(0xff, at + 1);
      at = sync < 0 ? bytes.length : sync;
      from = at;
    }
    if (at > from) yield bytes.subarray(from, at);
    pending = bytes.slice(at);
  }
  if (isInStep && pending.length >= 4 && frameAt(pending, 0) > pending.length) damage.isTruncated = true;
}
