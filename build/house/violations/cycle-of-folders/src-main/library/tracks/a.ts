export { moodOf } from '../moods';

export const a = 1;
