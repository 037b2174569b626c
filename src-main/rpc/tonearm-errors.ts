import { z } from 'zod';
import { errorFamily } from './error-family';
import { ERROR_STATUS } from './errors';

/** Our own errors, which are also Nomarr's: `error` and `detail` are a sentence, `code` is for programs. */
export const tonearmErrors = errorFamily({
  name: 'tonearm',
  body: z
    .object({
      error: z.string().describe('What went wrong and what to do, for people'),
      detail: z.string().describe('The same'),
      code: z.enum(Object.keys(ERROR_STATUS) as [string, ...string[]]).describe('What went wrong, for programs'),
      details: z.array(z.unknown()),
      request_id: z.string().nullable(),
    })
    .meta({ id: 'Error' }),
  bodyOf: ({ message, code, details }, requestId) => ({
    error: message,
    detail: message,
    code,
    details: [...details],
    request_id: requestId,
  }),
});
