/**
 * Similarity: what sounds alike. Compares the vectors that the analysis leaves, exactly and always fresh, in the memory
 * of the reader thread; finds neighbours with their reasons, paths between tracks and mixes. Owns the table
 * `vector_change`.
 */

export { createSimilarityQueries } from './queries';
export { createSimilarity } from './similarity';
