import type { WriteMode } from '../../src-main/library/libraries/contract';

/** The write modes as people read them. */
export const WRITE_MODES: readonly (readonly [WriteMode, string])[] = [
  ['full', 'All that was detected'],
  ['minimal', 'Moods only'],
  ['none', 'Nothing, and take our tags out'],
];
