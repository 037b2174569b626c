import express, { type Request, type RequestHandler } from 'express';
import type { Procedure } from '../../../rpc';

const INBOUND = '/api/v1/webhooks/inbound/';

/**
 * Whether a request is another server's event. Such servers are not ours to teach: their bodies are larger, their
 * secrets stand where they can put them, and an event that is refused is lost.
 */
export const isInbound = (request: Pick<Request, 'path'>): boolean => request.path.startsWith(INBOUND);

/** The body as it came, whatever it calls itself. */
export const readText = (maxBytes: number): RequestHandler =>
  express.text({ limit: maxBytes, inflate: false, type: () => true, defaultCharset: 'utf-8' });

/** What stands in the path, what is known of the query, and the body as text; everything else is passed over. */
export function inboundInput(request: Request, { input }: Procedure): Record<string, unknown> {
  const known = Object.keys('shape' in input ? (input.shape as object) : {});
  const asked = Object.entries(request.query).filter(([name]) => known.includes(name));
  return {
    ...Object.fromEntries(asked),
    ...request.params,
    body: typeof request.body === 'string' ? request.body : '',
  };
}
