import type { Request } from 'express';
import { z } from 'zod';
import { AppError } from '../../rpc';

/**
 * The one object that a route takes: what stands in the path, the query and the body together. Throws
 * `invalid_input` for a field that the procedure does not know, or that is given at two places.
 */
export function inputOf(request: Request, schema: z.ZodType): Record<string, unknown> {
  const body: unknown = request.body ?? {};
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new AppError('invalid_input', 'The body has to be a JSON object.');
  // Without a prototype, so that every name is one among others.
  const input: Record<string, unknown> = Object.create(null);
  for (const part of [request.params, request.query, body]) {
    for (const [name, value] of Object.entries(part)) {
      if (Object.hasOwn(input, name)) throw new AppError('invalid_input', `"${name}" is given twice.`);
      input[name] = value;
    }
  }
  refuseUnknown(Object.keys(input), schema);
  return input;
}

function refuseUnknown(names: readonly string[], schema: z.ZodType): void {
  if (!(schema instanceof z.ZodObject) || schema.def.catchall) return;
  const known = Object.keys(schema.shape);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length === 0) return;
  const expected = known.length > 0 ? `Known here: ${known.join(', ')}.` : 'Nothing is expected here.';
  throw new AppError('invalid_input', `There is no field "${unknown[0]}". ${expected}`, {
    details: unknown.map((path) => ({ path, message: 'unknown field' })),
  });
}
