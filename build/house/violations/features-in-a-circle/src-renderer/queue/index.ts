/** A feature. */
export { line } from '../tracks';
export const waiting = 0;
