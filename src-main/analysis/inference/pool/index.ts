/** The pool of inference workers: size, priority, recycling, deadlines, crashes. */
export { type AnalyzeJob, createInferencePool, type InferencePool, type PoolParts } from './inference-pool';
export { createInspector } from './inspector';
export { DEFAULT_LIMITS, type Limits, workerLimits } from './limits';
export { createNodeHost, WORKER_FLAGS } from './node-host';
export { type Machine, poolSize, poolSizeHere } from './pool-size';
export type { WorkerChannel, WorkerExit, WorkerHost } from './worker-host';
