import { z } from 'zod';
import { type ErrorCode, errorFamily, fieldErrorsOf } from '../../rpc';

/** The documented codes; others are made from ours in the same manner. */
const CODES: Partial<Record<ErrorCode, string>> = {
  unauthorized: 'AUTHENTICATION_ERROR',
  forbidden: 'AUTHORIZATION_ERROR',
  invalid_input: 'VALIDATION_ERROR',
  rate_limited: 'RATE_LIMIT_ERROR',
};

/** Aniworld's errors: `error` is a code and `message` the sentence; input that does not fit is 422. */
export const aniworldErrors = errorFamily({
  name: 'aniworld',
  statuses: { invalid_input: 422 },
  body: z
    .object({
      success: z.literal(false),
      error: z.string().describe('What went wrong, for programs'),
      message: z.string().describe('What went wrong and what to do, for people'),
      details: z.record(z.string(), z.unknown()),
      request_id: z.string().nullable(),
      detail: z.string().optional().describe('The message once more, of too many requests'),
    })
    .meta({ id: 'AniworldError' }),
  bodyOf: ({ code, message, details }, requestId) => ({
    success: false as const,
    error: CODES[code] ?? `${code.toUpperCase()}_ERROR`,
    message,
    details: { ...fieldsOf(details), ...waitOf(details) },
    request_id: requestId,
    ...(code === 'rate_limited' && { detail: message }),
  }),
});

const fieldsOf = (details: readonly unknown[]) =>
  Object.fromEntries(fieldErrorsOf(details).map(({ path, message }) => [path, message]));

function waitOf(details: readonly unknown[]): { retry_after?: number } {
  const waits = details.map((detail) => (detail as { retryAfterS?: unknown }).retryAfterS);
  const seconds = waits.find((wait) => typeof wait === 'number');
  return seconds === undefined ? {} : { retry_after: seconds };
}
