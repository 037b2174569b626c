/** The queue: what is being worked on, what waits, how it ended, and how long it takes yet. */
export { queue } from './feature';
export { countLine, doneOf, headlineOf } from './progress-words';
export { analyzeFiles, cancelBatch, queuedWords, undoBatch, undoFile } from './queue-actions';
export { reasonWords } from './reason-words';
export { useBatch, useFailures, useQueueStatus, useRunningJobs } from './use-queue';
export { useReasonWords } from './use-reason-words';
