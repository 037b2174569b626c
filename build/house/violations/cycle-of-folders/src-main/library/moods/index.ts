/** Moods. */
export { moodOf } from './mood-of';
