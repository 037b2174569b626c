import type { IncomingHttpHeaders } from 'node:http';
import type { RequestHandler } from 'express';
import { AppError } from '../../../rpc';
import { contextOf } from './context';
import { whoOf } from './rate-limits';

/** Below it a body costs less than a page of tracks. */
const LARGE_BYTES = 48 * 1024;
const MAX_AT_ONCE = 2;
/** They are not read, so that they cost a connection each. */
const MAX_WAITING = 200;

interface Line {
  running: number;
  readonly waiting: Set<() => void>;
}

/**
 * Lets two large bodies of each credential be received and answered at a time; the others wait unread, in the order in
 * which they came. A hundred at once would fill the memory and leave no turn to other requests. Goes after the access
 * check, so that only those with a right to send are counted, each by itself.
 */
export function limitLargeBodies(): (maxBytes: number) => RequestHandler {
  const lines = new Map<string, Line>();

  return (maxBytes) => (request, response, next) => {
    const bytes = bytesOf(request.headers);
    if (bytes <= LARGE_BYTES) return next();
    // The parser would wait for the end of a body before it refuses it.
    if (bytes > maxBytes && bytes < Infinity)
      throw new AppError('too_large', `The body is larger than ${maxBytes / 1024} kB.`);
    const who = whoOf(contextOf(response));
    const line = lines.get(who) ?? { running: 0, waiting: new Set() };
    lines.set(who, line);
    if (line.running >= MAX_AT_ONCE && line.waiting.size >= MAX_WAITING)
      throw new AppError('rate_limited', 'Too many large requests wait to be read. Wait for some of them to end.', {
        details: [{ retryAfterS: 5 }],
      });
    const start = () => {
      line.waiting.delete(start);
      line.running += 1;
      response.once('close', end);
      next();
    };
    const end = () => {
      line.running -= 1;
      const [first] = line.waiting;
      if (first) first();
      else if (line.running === 0) lines.delete(who);
    };
    if (line.running < MAX_AT_ONCE) return start();
    line.waiting.add(start);
    response.once('close', () => line.waiting.delete(start));
  };
}

/** What it says of its length; one that is sent in chunks says nothing. */
const bytesOf = (headers: IncomingHttpHeaders): number =>
  headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : Infinity;
