/**
 * Inference: the catalogue of models and what is installed of it, the workers that analyze, and their results, whose
 * folder owns the tables.
 */

export { type AnalysisOptions, type AnalyzeOptions, analyzeFile } from './analyze';
export type { ModelInfo } from './contract';
export { modelsHandlers } from './model-handlers';
export {
  type AnalyzeJob,
  createInferencePool,
  createInspector,
  createOptimiser,
  INFER,
  INFER_BY_FFMPEG,
  INFERENCE_FLAGS,
  type InferencePool,
  poolSizeHere,
  workerLimits,
} from './pool';
export {
  type AnalysisRepository,
  analysisJson,
  createAnalysisRepository,
  createQuarantineRepository,
  type StoredAnalysis,
  type StoredScore,
} from './results';
export {
  type Analysis,
  analysisVersion,
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
  whyNoInference,
} from './session';

export { createModelStore, type ModelStore } from './store';
