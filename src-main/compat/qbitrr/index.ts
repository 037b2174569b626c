/** qBitrr: what its clients expect of the API. Translates shapes, owns nothing. */
export { qbitrrErrors } from './errors';
