import type { ErrorCode, Failure } from '../../src-main/rpc/errors';

/** A failure that came from the other side, as it was told there. */
export class CallError extends Error {
  readonly code: ErrorCode | 'unreachable';
  readonly details: readonly unknown[];

  constructor(failure: Omit<Failure, 'code'> & { code: ErrorCode | 'unreachable' }) {
    super(failure.message);
    this.name = 'CallError';
    this.code = failure.code;
    this.details = failure.details;
  }
}
