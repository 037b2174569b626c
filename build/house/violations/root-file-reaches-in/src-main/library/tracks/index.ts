/** Tracks. */
export { row } from './row';
