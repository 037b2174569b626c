import type { Damage } from './codec';

/** A frame by its header: its length, and what it has in common with those that one decoder can take. */
export interface FrameKind {
  readonly length: number;
  readonly kind: number;
}

/** Whole frames of one kind, one after the other. */
export interface FrameRun {
  readonly kind: number;
  readonly bytes: Uint8Array;
}

/** The frame that begins at `at`; undefined when none does. */
type ReadFrame = (bytes: Uint8Array, at: number) => FrameKind | undefined;

/** The longest of the headers that are looked at (ADTS). */
const HEADER_BYTES = 7;

/**
 * Runs of whole frames of a stream in which frames begin with 0xff and follow upon each other. Tags, garbage and damage
 * between them are passed over; after them, and where the kind changes, only what another frame of its kind follows
 * upon counts as a frame.
 */
export async function* wholeFrames(
  chunks: AsyncIterable<Uint8Array>,
  readFrame: ReadFrame,
  damage: Damage,
): AsyncGenerator<FrameRun> {
  let pending = new Uint8Array(0);
  let kind: number | undefined;
  let isInStep = true;
  for await (const chunk of chunks) {
    const bytes = new Uint8Array(pending.length + chunk.length);
    bytes.set(pending);
    bytes.set(chunk, pending.length);
    let at = 0;
    let from = 0;
    while (at + HEADER_BYTES <= bytes.length) {
      const frame = readFrame(bytes, at);
      const next = at + (frame?.length ?? 0);
      const isSure = isInStep && (kind === undefined || frame?.kind === kind);
      if (frame && (next > bytes.length || (!isSure && next + HEADER_BYTES > bytes.length))) break;
      if (frame && (isSure || readFrame(bytes, next)?.kind === frame.kind)) {
        if (frame.kind !== kind && kind !== undefined && at > from) {
          yield { kind, bytes: bytes.subarray(from, at) };
          from = at;
        }
        kind = frame.kind;
        isInStep = true;
        at = next;
        continue;
      }
      if (at > from && kind !== undefined) yield { kind, bytes: bytes.subarray(from, at) };
      isInStep = false;
      const sync = bytes.indexOf(0xff, at + 1);
      at = sync < 0 ? bytes.length : sync;
      from = at;
    }
    if (at > from && kind !== undefined) yield { kind, bytes: bytes.subarray(from, at) };
    pending = bytes.slice(at);
  }
  const last = readFrame(pending, 0);
  if (!last || !isInStep) return;
  if (last.length > pending.length) damage.isTruncated = true;
  // The last frame of a kind of its own: nothing more comes that could follow upon it.
  else if (last.length === pending.length) yield { kind: last.kind, bytes: pending };
}
