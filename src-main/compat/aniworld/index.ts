/** Aniworld: what its clients expect of the API. Translates shapes, owns nothing. */
export { aniworldErrors } from './errors';
