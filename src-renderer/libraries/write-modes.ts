import type { WriteMode } from '../../src-main/library/libraries/contract';

/** The write modes as people read them. */
export const WRITE_MODES: readonly (readonly [WriteMode, string])[] = [
  ['full', 'Everything that was heard'],
  ['minimal', 'Moods only'],
  ['none', 'Nothing, and take our tags out'],
];
