import type { RequestHandler } from 'express';
import { AppError } from '../../../rpc';
import { contextOf } from './context';
import { isAt } from './webhooks';

export const MAX_BODY_BYTES = 256 * 1024;
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/**
 * Refuses by the header alone what would be refused after reading: method, size, compression, kind of body.
 *
 * @param large the paths that take larger bodies, as routes write them, each with its limit in bytes
 */
export function requestLimits(large: ReadonlyMap<string, number> = new Map()): RequestHandler {
  const limits = [...large].map(([path, bytes]) => ({ pattern: path.split('/'), bytes }));
  return (request, response, next) => {
    if (!METHODS.includes(request.method))
      throw new AppError('method_not_allowed', `The method ${request.method} is not known here.`);
    const length = Number(request.headers['content-length'] ?? 0);
    const { isWebhook } = contextOf(response);
    const path = request.path.replace(/\/$/, '').split('/');
    const limit = limits.find(({ pattern }) => isAt(path, pattern))?.bytes ?? MAX_BODY_BYTES;
    if (length > limit && !isWebhook) throw new AppError('too_large', `The body is larger than ${limit / 1024} kB.`);
    const encoding = request.headers['content-encoding'];
    if (encoding && encoding !== 'identity')
      throw new AppError('unsupported_media', 'Compressed bodies are refused; send it plain.');
    const hasBody = length > 0 || request.headers['transfer-encoding'] !== undefined;
    if (hasBody && !isWebhook && !request.is('application/json'))
      throw new AppError('unsupported_media', 'Send the body as JSON, with the header Content-Type: application/json.');
    next();
  };
}
