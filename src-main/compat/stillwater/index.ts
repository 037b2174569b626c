/** Stillwater: what its clients expect of the API. Translates shapes, owns nothing. */
export { stillwaterErrors } from './errors';
