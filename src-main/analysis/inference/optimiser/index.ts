/**
 * The optimiser: rewrites an embedding model so that it does less for the same answer, and proves on this machine that
 * the answer is the same. What it makes is kept in the data folder and never handed on.
 */
export { OPTIMISER_REVISION, type OptimiseOutcome, optimiseAndProve } from './optimise-and-prove';
