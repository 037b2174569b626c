/**
 * Inference: the catalogue of models and what is installed of it, the workers that analyze, and what they found. Owns
 * the tables `analysis`, `score`, `embedding`, `descriptor` and `quarantine`.
 */

export { type AnalysisOptions, type AnalyzeOptions, analyzeFile } from './analyze';
export { type ModelInfo, modelsContract } from './contract';
export { modelsHandlers } from './model-handlers';
export {
  type AnalyzeJob,
  createInferencePool,
  createInspector,
  DEFAULT_LIMITS,
  INFERENCE_FLAGS,
  type InferencePool,
  type Limits,
  type Machine,
  type PoolParts,
  poolSize,
  poolSizeHere,
  workerLimits,
} from './pool';
export {
  type AnalysisRepository,
  analysisJson,
  createAnalysisRepository,
  createQuarantineRepository,
  type QuarantinedFile,
  type QuarantineRepository,
  type StoredAnalysis,
  type StoredScore,
} from './results';
export {
  type Analysis,
  analysisVersion,
  type Embedding,
  HEAD_BATCH,
  type HeadKind,
  type HeadScores,
  type LoadedModels,
  loadModels,
  loadRuntime,
  type ModelSet,
  NO_MODELS,
  type PooledScore,
  PRESETS,
  type Preset,
  runtimeVersion,
  suiteHash,
  whyNoInference,
} from './session';
export type { ImportResult } from './store';
export { createModelStore, type InstallOptions, type ModelStore, type StoreParts } from './store';
