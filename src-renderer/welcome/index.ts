/** The first steps: from nothing to the first analyzed tracks, one question at a time. */
export { welcome } from './feature';
