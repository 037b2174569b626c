import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Log } from '../../platform/logs';
import { AppError, type ErrorCode, statusIn, toFailure } from '../../rpc';
import type { FindFamily } from './error-families';
import { contextOf } from './guards';

/** What express and its body parser call a refusal, as one of ours. */
const REFUSALS: Record<string, { code: ErrorCode; message: string }> = {
  'entity.too.large': { code: 'too_large', message: 'The body is larger than is taken here.' },
  'encoding.unsupported': { code: 'unsupported_media', message: 'Compressed bodies are refused; send it plain.' },
  'charset.unsupported': { code: 'unsupported_media', message: 'Send JSON as UTF-8.' },
  'entity.parse.failed': { code: 'invalid_input', message: 'The body is not valid JSON.' },
  'request.size.invalid': { code: 'invalid_input', message: 'The body is not as long as Content-Length says.' },
  'request.aborted': { code: 'cancelled', message: 'The client went away.' },
};

/** Sends whatever was thrown in the shape of the path's error family: no stack, no paths of ours, no SQL. */
export function errorMapper(log: Log, familyOf: FindFamily): ErrorRequestHandler {
  return (thrown, request, response, _next) => {
    const { requestId } = contextOf(response);
    const error = recognise(thrown);
    if (!error) log.error({ err: thrown, requestId, path: request.path }, 'a request failed');
    if (response.headersSent) return void response.destroy();
    const failure = toFailure(error ?? thrown);
    const family = familyOf(request.method, request.path);
    for (const detail of failure.details) {
      const seconds = (detail as { retryAfterS?: unknown }).retryAfterS;
      if (typeof seconds === 'number') response.set('Retry-After', String(seconds));
    }
    if (failure.code === 'unauthorized') response.set('WWW-Authenticate', 'Bearer realm="Tonearm"');
    response.status(statusIn(family, failure.code)).json(family.bodyOf(failure, requestId ?? null));
  };
}

function recognise(thrown: unknown): AppError | undefined {
  if (thrown instanceof AppError) return thrown;
  const { type, status } = (thrown ?? {}) as { type?: string; status?: number };
  if (type && REFUSALS[type]) return new AppError(REFUSALS[type].code, REFUSALS[type].message);
  // What the router says of a path whose percent signs cannot be decoded.
  return status === 400 ? new AppError('invalid_input', 'The address cannot be understood.') : undefined;
}

export const notFound: RequestHandler = (request) => {
  throw new AppError(
    'not_found',
    `There is nothing at ${request.method} ${request.path}. See /docs for what there is.`,
  );
};
