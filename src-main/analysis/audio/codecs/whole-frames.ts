import type { CodecInput } from './codec';

/** Length of the frame that begins at `at`, 0 when none does. */
export type FrameLength = (bytes: Uint8Array, at: number) => number;

/**
 * Runs of whole frames of a stream in which frames begin with 0xff and follow upon each other. Tags, garbage and damage
 * between them are passed over; after them, only what another frame follows upon counts as a frame.
 */
export async function* wholeFrames(
  chunks: AsyncIterable<Uint8Array>,
  frameLength: FrameLength,
  damage: CodecInput['damage'],
): AsyncGenerator<Uint8Array> {
  let pending = new Uint8Array(0);
  let isInStep = true;
  for await (const chunk of chunks) {
    const bytes = new Uint8Array(pending.length + chunk.length);
    bytes.set(pending);
    bytes.set(chunk, pending.length);
    let at = 0;
    let from = 0;
    while (at + HEADER_BYTES <= bytes.length) {
      const length = frameLength(bytes, at);
      const next = at + length;
      const isNextSeen = next + HEADER_BYTES <= bytes.length;
      if (length > 0 && (next > bytes.length || (!isInStep && !isNextSeen))) break;
      if (length > 0 && (isInStep || frameLength(bytes, next) > 0)) {
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
  if (isInStep && frameLength(pending, 0) > pending.length) damage.isTruncated = true;
}

/** The longest of the headers that are looked at (ADTS). */
const HEADER_BYTES = 7;
