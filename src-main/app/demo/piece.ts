import type { KeyName, Scale } from './harmony';
import type { StyleName } from './styles';

/** What a piece is to be. */
export interface PieceOptions {
  readonly style: StyleName;
  /** Quarter notes a minute. */
  readonly bpm: number;
  readonly key: KeyName;
  readonly scale: Scale;
  readonly seconds: number;
  /** The same seed gives the same piece, sample by sample. */
  readonly seed: number;
  readonly sampleRate: number;
}
