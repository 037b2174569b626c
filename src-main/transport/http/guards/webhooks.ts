import express, { type Request, type RequestHandler } from 'express';
import type { Procedure, Route } from '../../../rpc';
import { contextOf } from './context';

/**
 * Notes in the context of a request whether another server delivers an event with it. Such servers are not ours to
 * teach: their bodies are larger, their secrets stand where they can put them, and an event that is refused is lost.
 * Goes before the checks that ask.
 */
export function markWebhooks(routes: readonly Route[]): RequestHandler {
  const patterns = routes
    .filter(({ procedure }) => procedure.delivery === 'webhook')
    .flatMap(({ procedure }) => procedure.http.map((route) => route.split(' ', 2)[1].split('/')));
  return (request, response, next) => {
    const path = request.path.replace(/\/$/, '').split('/');
    contextOf(response).isWebhook = patterns.some((pattern) => isAt(path, pattern));
    next();
  };
}

/** Whether a path fits a route's, both cut at their slashes. */
export function isAt(path: readonly string[], pattern: readonly string[]): boolean {
  if (path.length !== pattern.length) return false;
  return pattern.every((part, at) => (part.startsWith(':') ? path[at] !== '' : part === path[at]));
}

/** The body as it came, whatever it calls itself. */
export const readText = (maxBytes: number): RequestHandler =>
  express.text({ limit: maxBytes, inflate: false, type: () => true, defaultCharset: 'utf-8' });

/** What stands in the path, what is known of the query, and the body as text; everything else is passed over. */
export function webhookInput(request: Request, { input }: Procedure): Record<string, unknown> {
  const known = Object.keys('shape' in input ? (input.shape as object) : {});
  const asked = Object.entries(request.query).filter(([name]) => known.includes(name));
  return {
    ...Object.fromEntries(asked),
    ...request.params,
    body: typeof request.body === 'string' ? request.body : '',
  };
}
