/**
 * Inference: the catalogue of models and what is installed of it, the workers that listen, and what they heard. Owns
 * the tables `analysis`, `score`, `embedding`, `descriptor` and `quarantine`.
 */
export {
  type Analysis,
  type Embedding,
  type HeadKind,
  type HeadScores,
  type PooledScore,
  PRESETS,
  type Preset,
} from './analysis';
export { analysisJson } from './analysis-json';
export {
  type AnalysisRepository,
  createAnalysisRepository,
  type HeardFile,
  type StoredAnalysis,
  type StoredScore,
} from './analysis-repository';
export { analysisVersion } from './analysis-version';
export { type AnalyzeOptions, analyzeFile, type Listening } from './analyze';
export { type ModelInfo, modelsContract } from './contract';
export { type ModelSet, NO_MODELS, suiteHash } from './model-set';
export { answerModels } from './models';
export { type AnalyzeJob, createInferencePool, type InferencePool, type PoolParts } from './pool/inference-pool';
export { createInspector } from './pool/inspector';
export { DEFAULT_LIMITS, type Limits, workerLimits } from './pool/limits';
export { createNodeHost, WORKER_FLAGS } from './pool/node-host';
export { type Machine, poolSize, poolSizeHere } from './pool/pool-size';
export type { WorkerChannel, WorkerExit, WorkerHost } from './pool/worker-host';
export { createQuarantineRepository, type QuarantinedFile, type QuarantineRepository } from './quarantine-repository';
export { loadRuntime, runtimeVersion, whyNoInference } from './runtime';
export { HEAD_BATCH, type LoadedModels, loadModels } from './sessions';
export type { ImportResult } from './store/import-models';
export { createModelStore, type InstallOptions, type ModelStore, type StoreParts } from './store/model-store';
