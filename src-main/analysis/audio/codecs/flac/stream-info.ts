import type { FlacFormat } from './flac-frame';

export const STREAMINFO_BYTES = 34;

export interface StreamInfo extends FlacFormat {
  /** Of each channel; 0 when it was not known. */
  readonly samples: number;
}

/** The body of a STREAMINFO block (RFC 9639 §8.2); undefined when it is cut off. */
export function readStreamInfo(body: Uint8Array): StreamInfo | undefined {
  if (body.length < STREAMINFO_BYTES) return undefined;
  return {
    sampleRate: (body[10] << 12) | (body[11] << 4) | (body[12] >> 4),
    channels: ((body[12] >> 1) & 7) + 1,
    bits: (((body[12] & 1) << 4) | (body[13] >> 4)) + 1,
    samples: (body[13] & 15) * 2 ** 32 + (((body[14] << 24) | (body[15] << 16) | (body[16] << 8) | body[17]) >>> 0),
  };
}
