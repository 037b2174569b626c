/** The pool of inference workers: size, priority, recycling, deadlines, crashes. */
export { INFERENCE_FLAGS } from './inference-flags';
export { type AnalyzeJob, createInferencePool, type InferencePool, type PoolParts } from './inference-pool';
export { createInspector } from './inspector';
export { DEFAULT_LIMITS, type Limits, workerLimits } from './limits';
export { type Machine, poolSize, poolSizeHere } from './pool-size';
