/** Analyze: one file from samples to pooled scores. */
export { type AnalyzeOptions, analyzeFile, type Listening } from './analyze';
