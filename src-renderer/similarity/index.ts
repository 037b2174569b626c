/** Similarity: which tracks sound alike and why, and mixes made of them. */
export { similarity } from './feature';
