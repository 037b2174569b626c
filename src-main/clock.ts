/** The time of now; a test gives its own. */
export type Clock = () => Date;

export const systemClock: Clock = () => new Date();
