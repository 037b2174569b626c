/** Analyze: one file from samples to pooled scores. */
export { type AnalysisOptions, type AnalyzeOptions, analyzeFile, completed, isWorthAnotherDecoder } from './analyze';
