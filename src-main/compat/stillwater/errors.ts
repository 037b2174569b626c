import { z } from 'zod';
import { errorFamily, fieldErrorsOf } from '../../rpc';

/** Stillwater's errors: `error` is a sentence, and `details` are more of them where there is more to say. */
export const stillwaterErrors = errorFamily({
  name: 'stillwater',
  body: z.object({ error: z.string(), details: z.array(z.string()).optional() }).meta({ id: 'StillwaterError' }),
  bodyOf({ message, details }) {
    const sentences = fieldErrorsOf(details).map((field) => `${field.path}: ${field.message}`);
    return sentences.length === 0 ? { error: message } : { error: message, details: sentences };
  },
});
