/** Sessions: ONNX models loaded and run; presets and the analysis version. */
export {
  type Analysis,
  type Embedding,
  type HeadKind,
  type HeadScores,
  type PooledScore,
  PRESETS,
  type Preset,
} from './analysis';
export { analysisVersion } from './analysis-version';
export { checkLabels, type Inspect, type Inspected, inspectModel, type ModelKind } from './inspect';
export { type BackboneModel, byPreference, type ModelSet, NO_MODELS, type OptimisedFile } from './model-set';
export { loadRuntime, runtimeVersion, whyNoInference } from './runtime';
export {
  createPatchRunner,
  HEAD_BATCH,
  type LoadedBackbone,
  type LoadedModels,
  loadModels,
  NO_LOADED_MODELS,
  type PatchRunner,
} from './sessions';
export { embeddingTensors } from './tensors';
