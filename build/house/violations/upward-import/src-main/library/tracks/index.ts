/** Tracks. */
export type Track = { id: number };
