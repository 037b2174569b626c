/**
 * Results: scores, embeddings and descriptors as rows and JSON. Owns the tables `analysis`, `embedding`, `score`,
 * `descriptor` and `quarantine`.
 */
export { analysisJson } from './analysis-json';
export {
  type AnalysisRepository,
  createAnalysisRepository,
  type StoredAnalysis,
  type StoredScore,
} from './analysis-repository';
export { createQuarantineRepository, type QuarantineRepository } from './quarantine-repository';
