import { z } from 'zod';
import { type ErrorCode, errorFamily, fieldErrorsOf } from '../../rpc';

/** The documented codes; others are ours in capitals. */
const CODES: Partial<Record<ErrorCode, string>> = {
  invalid_input: 'VALIDATION_ERROR',
  busy: 'NOT_READY',
};

/**
 * qBitrr's errors: `error` is a sentence, `code` is for programs. What only qBitrr calls so, a handler says in the
 * details of its error: `{ code: 'UNKNOWN_CATEGORY' }`.
 */
export const qbitrrErrors = errorFamily({
  name: 'qbitrr',
  body: z
    .object({
      error: z.string(),
      code: z.string(),
      details: z.object({ parameter: z.string(), constraint: z.string() }).optional(),
    })
    .meta({ id: 'QbitrrError' }),
  bodyOf({ code, message, details }) {
    const [field] = fieldErrorsOf(details);
    return {
      error: message,
      code: ownCodeOf(details) ?? CODES[code] ?? code.toUpperCase(),
      ...(field && { details: { parameter: field.path, constraint: field.message } }),
    };
  },
});

function ownCodeOf(details: readonly unknown[]): string | undefined {
  return details.map((detail) => (detail as { code?: unknown }).code).find((code) => typeof code === 'string');
}
