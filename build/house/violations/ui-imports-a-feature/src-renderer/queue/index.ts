/** A feature. */
export const waiting = 0;
