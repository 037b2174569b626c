import type { MpegFrame } from './mpeg-frame';

const HAS = { frames: 1, bytes: 2, places: 4, quality: 8 } as const;
const PLACES_BYTES = 100;
/** VBRI lies behind 32 bytes of side information, whatever the frame's kind. */
const VBRI_AT = 4 + 32;
/** From the beginning of a LAME tag to the encoder's delay and padding, 12 bits each. */
const TRIM_AT = 21;

/** What a first frame without sound says of the frames behind it. */
export interface StatedLength {
  /** Of one channel, without the encoder's delay and padding where a LAME tag names them. */
  readonly samples: number;
  /** Of the whole stream; 0 where that is not said. */
  readonly bytes: number;
}

/** What a Xing, Info or VBRI header in the first frame says; undefined when there is none, or none that counts frames. */
export function statedLength(bytes: Uint8Array, frame: MpegFrame): StatedLength | undefined {
  if (frame.layer !== 3) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, frame.length));
  return vbriLength(view, frame) ?? xingLength(view, frame);
}

function vbriLength(view: DataView, { samples }: MpegFrame): StatedLength | undefined {
  if (nameAt(view, VBRI_AT) !== 'VBRI' || VBRI_AT + 18 > view.byteLength) return undefined;
  return { samples: view.getUint32(VBRI_AT + 14) * samples, bytes: view.getUint32(VBRI_AT + 10) };
}

function xingLength(view: DataView, { samples, sideInfoEnd }: MpegFrame): StatedLength | undefined {
  const name = nameAt(view, sideInfoEnd);
  if ((name !== 'Xing' && name !== 'Info') || sideInfoEnd + 16 > view.byteLength) return undefined;
  const flags = view.getUint32(sideInfoEnd + 4);
  if (!(flags & HAS.frames)) return undefined;
  const bytesAt = sideInfoEnd + 12;
  const placesAt = bytesAt + (flags & HAS.bytes ? 4 : 0);
  const lameTag = placesAt + (flags & HAS.places ? PLACES_BYTES : 0) + (flags & HAS.quality ? 4 : 0);
  const all = view.getUint32(sideInfoEnd + 8) * samples;
  const played = all - trimmedSamples(view, lameTag);
  return { samples: played > 0 ? played : all, bytes: flags & HAS.bytes ? view.getUint32(bytesAt) : 0 };
}

function trimmedSamples(view: DataView, lameTag: number): number {
  const at = lameTag + TRIM_AT;
  if (at + 3 > view.byteLength || view.getUint8(lameTag) === 0) return 0;
  return (view.getUint16(at) >> 4) + (view.getUint16(at + 1) & 0xfff);
}

function nameAt(view: DataView, at: number): string {
  if (at + 4 > view.byteLength) return '';
  return String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at, 4));
}
