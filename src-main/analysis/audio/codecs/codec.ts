import type { ByteSource } from '../source';

/** What every codec is given. */
export interface CodecInput {
  readonly source: ByteSource;
  /** Where the file's own bytes begin, after any ID3v2 tags. */
  readonly start: number;
  /** The first bytes from `start`. */
  readonly head: Uint8Array;
  /** To be set when the file ends before its audio does, or a part of it could not be decoded. */
  readonly damage: { isTruncated: boolean };
}

/** A run of samples, planar, all channels of one length. */
export interface DecodedBlock {
  readonly channels: Float32Array[];
  readonly sampleRate: number;
}

/** Decodes piece by piece; what it yields belongs to the caller. Leaving the loop early frees everything. */
export type Codec = (input: CodecInput) => AsyncGenerator<DecodedBlock>;
