/** The pool of inference workers: size, priority, recycling, deadlines, crashes. */
export { INFERENCE_FLAGS } from './inference-flags';
export { type AnalyzeJob, createInferencePool, type InferencePool } from './inference-pool';
export { createInspector, createOptimiser } from './inspector';
export { workerLimits } from './limits';
export { poolSizeHere } from './pool-size';
export { INFER, INFER_BY_FFMPEG } from './worker-process';
