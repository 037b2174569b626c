/** Tagging. */
export { row } from '../tracks/row';
