/** Analytics: what the libraries hold, counted. */
export { analytics } from './feature';
