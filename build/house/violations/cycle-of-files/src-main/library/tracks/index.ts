/** Tracks. */
export { a } from './a';
