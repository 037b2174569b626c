export const moodOf = 1;
