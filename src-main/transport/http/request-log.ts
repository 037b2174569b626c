import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Log } from '../../platform/logs';
import { contextOf } from './guards';

/**
 * Gives each request an id and writes one line when it ends. Only the method, the path without its query, status,
 * time, address and whose call it was are written: no header, no query, no body.
 */
export function requestLog(log: Log): RequestHandler {
  return (request, response, next) => {
    const context = contextOf(response);
    context.requestId = randomUUID();
    context.source = 'none';
    response.set('X-Request-Id', context.requestId);
    const began = performance.now();
    response.once('close', () => {
      const line = {
        requestId: context.requestId,
        method: request.method,
        path: request.originalUrl.split('?', 1)[0],
        status: response.statusCode,
        ms: Math.round(performance.now() - began),
        address: request.ip,
        by: context.identity && `${context.identity.credential.kind} ${context.identity.credential.id}`,
      };
      if (response.statusCode >= 500) log.warn(line, 'request');
      else log.info(line, 'request');
    });
    next();
  };
}
