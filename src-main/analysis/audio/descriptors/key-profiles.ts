/**
 * How often each degree of the scale sounds in pieces of a known key, from the tonic upwards, as counted in a corpus
 * of 982 pieces.
 *
 * @see J. Albrecht, D. Shanahan, "The use of large corpora to train a new type of key-finding algorithm", Music
 * Perception 31, 2013
 */
export const KEY_PROFILES = {
  major: [0.238, 0.006, 0.111, 0.006, 0.137, 0.094, 0.016, 0.214, 0.009, 0.08, 0.008, 0.081],
  minor: [0.22, 0.006, 0.104, 0.123, 0.019, 0.103, 0.012, 0.214, 0.062, 0.022, 0.061, 0.052],
} as const;

export const KEY_NAMES = ['C', 'C#', 'D', 'D#', 'E', 'F', 'F#', 'G', 'G#', 'A', 'A#', 'B'] as const;
