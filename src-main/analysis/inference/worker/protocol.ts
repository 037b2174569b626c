import type { Failure } from '../../../rpc';
import type { AnalyzeOptions } from '../analyze';
import type { OptimiseOutcome } from '../optimiser';
import type { Analysis, BackboneModel, Inspected, ModelKind, ModelSet } from '../session';

/** Raised when either side changes what it says; the pool refuses a worker of another number. */
export const PROTOCOL = 2;

/** What the pool asks of a worker, which analyzes one file at a time. `cancel` may come at any moment. */
export type ToWorker =
  /** Loads these models in place of those before; answered by `configured`. */
  | { type: 'configure'; models: ModelSet }
  | { type: 'analyze'; jobId: number; file: string; options: AnalyzeOptions }
  /** Loads one model to see what it is, and lets it go. */
  | { type: 'inspect'; jobId: number; file: string; name: string; kind: ModelKind }
  /** Makes less work of a model, and proves on patches of these tracks and others that it gives the same. */
  | { type: 'optimise'; jobId: number; model: BackboneModel; tracks: readonly string[] }
  | { type: 'cancel'; jobId: number }
  | { type: 'shutdown' };

/**
 * Every `analyze` gets exactly one `analyzed` or `failed`, every `inspect` one `inspected` or `failed`, every `optimise` one `optimised` or `failed`, unless the
 * worker dies. `rssBytes` is its memory.
 */
export type FromWorker =
  | { type: 'hello'; protocol: number; pid: number; versions: { node: string; runtime: string } }
  /** `problems` are sentences about models that could not be used. */
  | { type: 'configured'; version: string; problems: readonly string[]; rssBytes: number }
  | { type: 'progress'; jobId: number; fraction: number; rssBytes: number }
  | { type: 'analyzed'; jobId: number; analysis: Analysis; rssBytes: number }
  | { type: 'inspected'; jobId: number; inspected: Inspected; rssBytes: number }
  | { type: 'optimised'; jobId: number; outcome: OptimiseOutcome; rssBytes: number }
  /** `stack` is that of a fault of ours, for the log. */
  | { type: 'failed'; jobId: number; failure: Failure; stack?: string; rssBytes: number };
