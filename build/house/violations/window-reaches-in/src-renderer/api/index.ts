/** API. */
export { row } from '../../src-main/library/tracks';
