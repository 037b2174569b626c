/** App. */
export const createApp = 1;
