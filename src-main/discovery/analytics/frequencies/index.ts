/** Tag frequencies: how often each value of a tag occurs. Owns no tables. */
export { createTagFrequencies } from './tag-frequencies';
