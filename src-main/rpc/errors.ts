/** Every failure a caller can act on, with the HTTP status it becomes. */
export const ERROR_STATUS = {
  invalid_input: 400,
  no_audio: 400,
  outside_library: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  too_large: 413,
  unsupported_media: 415,
  unreadable_audio: 422,
  unsupported_file: 422,
  too_short: 422,
  not_writable: 422,
  file_changed: 409,
  disk_full: 507,
  rate_limited: 429,
  cancelled: 409,
  no_models: 409,
  quarantined: 422,
  internal: 500,
  database_damaged: 500,
  worker_crashed: 500,
  inference_unavailable: 501,
  provider_failed: 502,
  busy: 503,
  timed_out: 504,
  library_offline: 503,
} as const;
export type ErrorCode = keyof typeof ERROR_STATUS;

/** A failure with a sentence that the person reading it can act on. Anything else thrown becomes `internal`. */
export class AppError extends Error {
  readonly code: ErrorCode;
  /** Facts beside the sentence, for programs: which field, which file. */
  readonly details: readonly unknown[];

  constructor(code: ErrorCode, message: string, options: { cause?: unknown; details?: readonly unknown[] } = {}) {
    super(message, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.details = options.details ?? [];
  }
}

export interface Failure {
  code: ErrorCode;
  message: string;
  details: readonly unknown[];
}

/** What crosses a process or network border: an answer, never an exception. */
export type Outcome<T> = { ok: true; value: T } | { ok: false; error: Failure };

/** The failure of whatever was thrown; what is not an `AppError` becomes `internal`, without its own words. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof AppError) return { code: thrown.code, message: thrown.message, details: thrown.details };
  if ((thrown as { code?: unknown } | null)?.code === 'SQLITE_FULL') {
    return {
      code: 'disk_full',
      message: "There is no space left on the disk that holds Tonearm's own data.",
      details: [],
    };
  }
  return { code: 'internal', message: 'Something went wrong inside Tonearm. The log has the details.', details: [] };
}

/** What is wrong with one field of the input. */
export interface FieldError {
  /** `rules.0.value`, empty for the input as a whole. */
  readonly path: string;
  readonly message: string;
}

/** A failure that is about one field of the input. */
export const fieldFailure = (
  path: string,
  message: string,
  { code = 'invalid_input', cause }: { code?: ErrorCode; cause?: unknown } = {},
): AppError => new AppError(code, message, { cause, details: [{ path, message }] });

/** The details that are about fields of the input. */
export function fieldErrorsOf(details: readonly unknown[]): FieldError[] {
  return details.filter((detail): detail is FieldError => {
    const { path, message } = (detail ?? {}) as Partial<FieldError>;
    return typeof path === 'string' && typeof message === 'string';
  });
}
