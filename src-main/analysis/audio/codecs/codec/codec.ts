import type { ChannelLayout } from '../../channels';
import type { ByteSource } from '../../source';

/** What every codec is given. */
export interface CodecInput {
  readonly source: ByteSource;
  /** Where the file's own bytes begin, after any ID3v2 tags. */
  readonly start: number;
  /** The first bytes from `start`. */
  readonly head: Uint8Array;
  readonly damage: Damage;
}

/** What a codec tells beside the samples, at any time before its end. */
export interface Damage {
  /** The file ends before its audio does, or a part of it could not be decoded. */
  isTruncated: boolean;
  /** How long the file says that its audio is; undefined where it says nothing. */
  expectedS?: number;
}

/** A run of samples, planar, all channels of one length. */
export interface DecodedBlock {
  readonly channels: Float32Array[];
  readonly sampleRate: number;
  /** Where the channels are played; the usual places where it is missing. */
  readonly layout?: ChannelLayout;
}

/**
 * Decodes piece by piece; what it yields belongs to the caller. Rate and channels may change from block to block.
 * Leaving the loop early frees everything.
 */
export type Codec = (input: CodecInput) => AsyncGenerator<DecodedBlock>;
