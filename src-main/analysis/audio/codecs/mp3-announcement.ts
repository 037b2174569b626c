import type { MpegFrame } from '../source';

const HEADER_BYTES = 4;
const HAS_FRAMES = 1;
/** VBRI lies behind 32 bytes of side information, whatever the frame's kind. */
const VBRI_AT = HEADER_BYTES + 32;

/**
 * How many samples a first frame announces by a Xing, Info or VBRI header, the encoder's delay and padding left out
 * where a LAME tag names them; undefined when it announces none.
 */
export function announcedSamples(frame: Uint8Array, { sampleRate, channels, samples, layer }: MpegFrame) {
  if (layer !== 3) return undefined;
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const nameAt = (at: number): string => String.fromCharCode(...frame.subarray(at, at + 4));
  const isV1 = sampleRate >= 32_000;
  const xing = HEADER_BYTES + (isV1 ? (channels === 1 ? 17 : 32) : channels === 1 ? 9 : 17);
  if (['Xing', 'Info'].includes(nameAt(xing)) && xing + 12 <= frame.length) {
    if (!(view.getUint32(xing + 4) & HAS_FRAMES)) return undefined;
    return Math.max(0, view.getUint32(xing + 8) * samples - trimmedSamples(frame, xing + 120));
  }
  if (nameAt(VBRI_AT) === 'VBRI' && VBRI_AT + 18 <= frame.length) return view.getUint32(VBRI_AT + 14) * samples;
  return undefined;
}

/** Delay and padding, 12 bits each, 21 bytes into the LAME tag behind a whole Xing header. */
function trimmedSamples(frame: Uint8Array, lameTag: number): number {
  const at = lameTag + 21;
  if (at + 3 > frame.length || frame[lameTag] === 0) return 0;
  return ((frame[at] << 4) | (frame[at + 1] >> 4)) + (((frame[at + 1] & 15) << 8) | frame[at + 2]);
}
