/** Tracks. */
export const row = 1;
